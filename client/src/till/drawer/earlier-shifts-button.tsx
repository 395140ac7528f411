import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordOverride } from '../../store/record-override.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'
import { EarlierShiftsDialog } from './earlier-shifts.tsx'

/** The way to the Z reports of before, for those who may see what was taken. */
export function EarlierShiftsButton() {
  const { t } = useTranslation()
  const { db } = useServices()
  const { record } = useRecorder()
  const { withApproval, dialog } = useApproval('report.view')
  const [opened, setOpened] = useState(false)
  return (
    <div>
      <Button
        variant="subtle"
        h={48}
        leftSection={<IconHistory aria-hidden size={20} />}
        onClick={() =>
          withApproval((approval) => {
            if (approval === undefined) return setOpened(true)
            record(
              (input) => recordOverride(db, { ...input, approval, about: 'Earlier Z reports' }),
              () => setOpened(true),
            )
          }, t('Earlier Z reports'))
        }
      >
        {t('Earlier Z reports')}
      </Button>
      {opened && <EarlierShiftsDialog onClose={() => setOpened(false)} />}
      {dialog}
    </div>
  )
}
