import type { EntryOf } from '@evertill/shared/protocol/entry'
import { Button, Modal } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WithWhole } from '../../app/with-whole.tsx'
import { EmailForm } from './email-form.tsx'

export interface EmailReceiptProps {
  readonly entry: EntryOf<'sale' | 'refund' | 'void'>
  /** Whether the paper says that it is one. */
  readonly copy: boolean
}

/** The receipt to the customer's mailbox: asked for here, with or without a network, and sent by head office. */
export function EmailReceipt({ entry, copy }: EmailReceiptProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        variant="default"
        h={48}
        leftSection={<IconMail aria-hidden size={20} />}
        onClick={() => setAsking(true)}
      >
        {t('E-mail')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        size={480}
        title={
          <WithWhole
            text={t('E-mail receipt {{receiptNo}}', { receiptNo: entry.body.receiptNo })}
            whole={entry.body.receiptNo}
          />
        }
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <EmailForm entry={entry} copy={copy} onDone={() => setAsking(false)} />
      </Modal>
    </>
  )
}
