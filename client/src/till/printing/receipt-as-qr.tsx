import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { receiptText } from '@evertill/shared/receipt/receipt-text'
import { Button, Modal } from '@mantine/core'
import { IconQrcode } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paperWords } from '../../app/i18n.ts'
import { useKeepAwake } from '../../devices/keep-awake.ts'
import { ReceiptCode } from '../receipt/receipt-code.tsx'
import { receiptQrText } from '../receipt/receipt-qr-text.ts'
import classes from './printing.module.css'

const CODE_PX = 420

export interface ReceiptAsQrProps {
  readonly receipt: NamedReceipt
  readonly copy: boolean
}

/** The receipt for a customer's phone to read off this screen: no paper, no address, no network. */
export function ReceiptAsQr(props: ReceiptAsQrProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <>
      <Button
        variant="default"
        h={48}
        leftSection={<IconQrcode aria-hidden size={20} />}
        onClick={() => setShown(true)}
      >
        {t('Show as QR')}
      </Button>
      <Modal
        opened={shown}
        onClose={() => setShown(false)}
        size={CODE_PX + 32}
        padding={16}
        title={t('Receipt as a QR code')}
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <Code {...props} />
      </Modal>
    </>
  )
}

function Code({ receipt, copy }: ReceiptAsQrProps) {
  const { t } = useTranslation()
  useKeepAwake()
  const text = receiptText(receipt, copy, paperWords())
  const qr = receiptQrText(text)
  return (
    <>
      <div className={classes.qr}>
        <ReceiptCode text={qr.text} label={text.codeLabel} size={CODE_PX} />
      </div>
      <p className={classes.qrWords}>
        {qr.whole
          ? t('The customer’s camera reads the whole receipt as text. Nobody needs a network for it.')
          : t(
              'The customer’s camera reads its number, date and total. All of it is too long for a code: share or print it for that.',
            )}
      </p>
    </>
  )
}
