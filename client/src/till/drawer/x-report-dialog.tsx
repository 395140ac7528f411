import type { ShiftDetails } from '@evertill/shared/domain/shift-report'
import { Modal } from '@mantine/core'
import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { type OpenShift, shiftDetailsOf } from '../../store/shift.ts'
import { useServices } from '../till-context.tsx'
import { ReportPaper } from './report-paper.tsx'
import { useXReport } from './use-report.ts'

/** Where the running shift stands. Nothing is ended by it, however often it is asked for. */
export function XReportDialog({ shift, onClose }: { shift: OpenShift; onClose: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  // By the totals: whatever is recorded in the shift changes them, or opens the drawer under this dialog.
  const details = useLiveQuery(() => shiftDetailsOf(db, shift.shiftId), [db, shift])
  return (
    <Modal
      opened
      onClose={onClose}
      size={420}
      title={t('X report')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      {details !== undefined && <XReport shift={shift} details={details} />}
    </Modal>
  )
}

function XReport({ shift, details }: { shift: OpenShift; details: ShiftDetails }) {
  return <ReportPaper report={useXReport(shift, details)} />
}
