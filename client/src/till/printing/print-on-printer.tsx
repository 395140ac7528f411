import { receiptRows } from '@evertill/shared/receipt/receipt-rows'
import { receiptText } from '@evertill/shared/receipt/receipt-text'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { i18n, paperWords } from '../../app/i18n.ts'
import type { PrintOutcome } from '../../devices/make-printer.ts'
import { printRows } from '../../devices/printer.ts'
import { storedPaperMm } from '../receipt/paper-mm.ts'
import type { PrintJob } from '../receipt/print-job.ts'
import { notPrinted, printAgain } from '../receipts/first-paper.ts'

const NOTE = 'printer'

/** Prints on the printer this device is linked to; where no paper comes, says so and what that means. */
export async function printOnPrinter(job: PrintJob): Promise<void> {
  notifications.hide(NOTE)
  const rows = receiptRows(receiptText(job.receipt, job.copy, paperWords()))
  const outcome = await printRows(rows, storedPaperMm(), () => notPrinted(job))
  if (outcome === 'printed') return
  // Without an answer it may still come.
  if (outcome === 'gone') notPrinted(job)
  notifications.show({
    id: NOTE,
    color: outcome === 'gone' ? 'red' : 'kaya',
    autoClose: false,
    title:
      outcome === 'gone' ? i18n.t('The receipt was not printed') : i18n.t('The printer has not answered yet'),
    message: <PrintAgain outcome={outcome} job={job} />,
  })
}

function PrintAgain({ outcome, job }: { outcome: Exclude<PrintOutcome, 'printed'>; job: PrintJob }) {
  const { t } = useTranslation()
  return (
    <>
      <p>
        {outcome === 'gone'
          ? t(
              'The sale is safe. See that the printer is switched on and connected, then print again. If that does not help, choose it again under Printer in the menu.',
            )
          : t(
              'The sale is safe. Look for paper and a closed cover: the receipt may still come. If it does not, print again.',
            )}
      </p>
      <Button
        h={48}
        variant="default"
        leftSection={<IconPrinter aria-hidden size={20} />}
        onClick={() => printAgain(job)}
      >
        {t('Print again')}
      </Button>
    </>
  )
}
