import type { Buyer } from '@evertill/shared/domain/buyer'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileInvoice } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nameBuyer } from '../../store/record-buyer.ts'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'
import { BuyerForm } from './buyer-form.tsx'
import { useInvoiceWords } from './use-invoice-words.ts'

interface NameBuyerProps {
  readonly entry: EntryOf<'sale' | 'refund' | 'void'>
  /** Whom it is made out to now. */
  readonly buyer: Buyer | undefined
}

/** A receipt in the name of a business that asks for it only now, with or without a network. */
export function NameBuyer(props: NameBuyerProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const words = useInvoiceWords(props.entry)
  const close = () => setAsking(false)
  return (
    <>
      <Button
        variant="default"
        h={48}
        leftSection={<IconFileInvoice aria-hidden size={20} />}
        onClick={() => setAsking(true)}
      >
        {words.ask}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        size={480}
        title={words.title}
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <Form {...props} save={words.save} onDone={close} />
      </Modal>
    </>
  )
}

function Form({ entry, buyer, save, onDone }: NameBuyerProps & { save: string; onDone: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { record, recording, refusal } = useRecorder()
  return (
    <BuyerForm
      known={buyer ?? { name: entry.body.customer?.name ?? '' }}
      save={save}
      saving={recording}
      refusal={refusal}
      onSave={(named) =>
        record(
          (input) => nameBuyer(db, { ...input, paperId: entry.id, buyer: named }),
          () => {
            notifications.show({
              title: t('It is made out to {{name}} now', { name: named.name }),
              message: t('Print or send it again: what was handed over before does not have the name.'),
            })
            onDone()
          },
        )
      }
    />
  )
}
