import { paperTime } from '@evertill/shared/receipt/paper-time'
import { Button, Modal } from '@mantine/core'
import { useLiveQuery } from 'dexie-react-hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateTimeText } from '../../app/format.ts'
import { type ClosedShift as Closed, recentCloses } from '../../store/shift.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { ClosedShift } from './closed-shift.tsx'
import classes from './drawer.module.css'

const MOST_SHOWN = 14

/** The last Z reports of this till, to be read or printed again. */
export function EarlierShiftsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { till, catalogue } = useFacts()
  const [chosen, setChosen] = useState<Closed>()
  const closes = useLiveQuery(() => recentCloses(db, till.tillId, MOST_SHOWN), [db, till.tillId])
  return (
    <Modal
      opened
      onClose={() => (chosen === undefined ? onClose() : setChosen(undefined))}
      size={480}
      title={t('Earlier Z reports')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      {chosen !== undefined ? (
        <ClosedShift closed={chosen} />
      ) : closes?.length === 0 ? (
        <p className={classes.quiet}>
          {t('The Z report of every shift that is closed here appears in this list.')}
        </p>
      ) : (
        <ul className={classes.list}>
          {closes?.map((closed, i) => (
            <li key={closed.shiftId}>
              <Button
                variant="default"
                h={56}
                fullWidth
                justify="space-between"
                data-autofocus={i === 0 || undefined}
                rightSection={dateTimeText(
                  new Date(paperTime({ at: closed.closedAt, clockOffsetMs: closed.closedOffsetMs })),
                  catalogue.outlet.timeZone,
                )}
                onClick={() => setChosen(closed)}
              >
                {closed.body.zNo === undefined
                  ? t('Z report')
                  : t('Z report No. {{number}}', { number: closed.body.zNo })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  )
}
