import { useLiveQuery } from 'dexie-react-hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readPaidExchange } from '../../store/open-exchange.ts'
import { type ClosedShift as Closed, readShift } from '../../store/shift.ts'
import { PaidExchange } from '../exchange/paid-exchange.tsx'
import { BackButton } from '../frame/back-button.tsx'
import page from '../frame/page.module.css'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo } from '../go.ts'
import { useServices } from '../till-context.tsx'
import { ClosedShift } from './closed-shift.tsx'
import classes from './drawer.module.css'
import { EarlierShiftsButton } from './earlier-shifts-button.tsx'
import { OpenShiftCard } from './open-shift-card.tsx'
import { ShiftCard } from './shift-card.tsx'

/** The shift of this till and its drawer: opened with a float, closed with a count. */
export function DrawerScreen() {
  const { t } = useTranslation()
  const { db } = useServices()
  const go = useGo()
  const [closed, setClosed] = useState<Closed>()
  const read = useLiveQuery(async () => ({ shift: await readShift(db) }), [db])
  const paid = useLiveQuery(() => readPaidExchange(db), [db])
  useShortcuts({ Escape: () => go('/') })
  return (
    <main className={`${page.screen} ${classes.screen}`} aria-busy={read === undefined}>
      <div className={page.title}>
        <BackButton onClick={() => go('/')}>{t('Back to selling')}</BackButton>
        <h1>{t('Shift and drawer')}</h1>
      </div>
      {/* What was taken in cash for it is in this drawer, and in no report yet. */}
      {paid !== undefined && <PaidExchange paid={paid} />}
      {closed !== undefined && <ClosedShift closed={closed} />}
      {read !== undefined &&
        (read.shift === undefined ? (
          <OpenShiftCard onOpened={() => setClosed(undefined)} />
        ) : (
          <ShiftCard shift={read.shift} onClosed={setClosed} />
        ))}
      <EarlierShiftsButton />
    </main>
  )
}
