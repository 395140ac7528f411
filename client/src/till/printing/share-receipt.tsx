import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { receiptRows } from '@evertill/shared/receipt/receipt-rows'
import { receiptText } from '@evertill/shared/receipt/receipt-text'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileDownload, IconShare } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paperWords } from '../../app/i18n.ts'
import { downloadFile } from '../rescue/save-file.ts'

/** The receipt as a PDF: handed to another app where the device can, saved as a file otherwise. */
export function ShareReceipt({ receipt, copy }: { receipt: NamedReceipt; copy: boolean }) {
  const { t } = useTranslation()
  const [making, setMaking] = useState(false)
  const shares = sharesFiles()

  const share = async () => {
    setMaking(true)
    try {
      const text = receiptText(receipt, copy, paperWords())
      const { receiptPdf } = await import('./receipt-pdf.ts')
      const bytes = await receiptPdf(receiptRows(text), text.title)
      const file = new File([bytes], `${receipt.receiptNo}.pdf`, { type: 'application/pdf' })
      if (shares) await navigator.share({ files: [file], title: text.title })
      else downloadFile({ name: file.name, blob: file })
    } catch (error) {
      // The person closed the list of apps.
      if (error instanceof DOMException && error.name === 'AbortError') return
      notifications.show({
        color: 'kaya',
        title: t('The receipt was not shared'),
        message: t('The sale is safe. Try again, or print the receipt.'),
      })
    } finally {
      setMaking(false)
    }
  }

  const Icon = shares ? IconShare : IconFileDownload
  return (
    <Button
      variant="default"
      h={48}
      loading={making}
      leftSection={<Icon aria-hidden size={20} />}
      onClick={() => void share()}
    >
      {shares ? t('Share receipt') : t('Save as PDF')}
    </Button>
  )
}

let handsOn: boolean | undefined
/** Phones and tablets hand files on; what they download is hard to find again. */
function sharesFiles(): boolean {
  if (!matchMedia('(pointer: coarse)').matches) return false
  handsOn ??=
    navigator.canShare?.({ files: [new File([], 'receipt.pdf', { type: 'application/pdf' })] }) ?? false
  return handsOn
}
