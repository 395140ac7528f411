import { Button, Group, Modal } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { methodName } from '../../store/catalogue.ts'
import { givePaidExchangeUp, type OpenExchange, takenFor } from '../../store/open-exchange.ts'
import { exchangePlace, useGo } from '../go.ts'
import forms from '../recording/recording.module.css'
import { useFacts, useServices } from '../till-context.tsx'

/** The way on to an exchange for which money is on the counter. */
export function PaidExchange({ paid }: { paid: OpenExchange }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const go = useGo()
  const taken = takenFor(paid).reduce((sum, { amount }) => sum + amount, 0)
  return (
    <Button
      h={48}
      variant="light"
      leftSection={<IconArrowsExchange aria-hidden size={20} />}
      onClick={() => go(exchangePlace(paid.saleId))}
    >
      {t('Go on with the exchange: {{amount}} was taken', { amount: money(taken) })}
    </Button>
  )
}

/** The other way out: it comes to nothing, and what was taken is the customer's again. */
export function GivenBack({ paid }: { paid: OpenExchange }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { db } = useServices()
  const { catalogue } = useFacts()
  const [asking, setAsking] = useState(false)
  const taken = takenFor(paid).map(
    ({ methodCode, amount }) => `${methodName(catalogue, methodCode)} ${money(amount)}`,
  )
  const close = () => setAsking(false)
  return (
    <>
      <Button h={48} variant="default" onClick={() => setAsking(true)}>
        {t('The payments were given back…')}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        size={480}
        title={t('Were the payments given back?')}
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <div className={forms.form}>
          <p>
            {t(
              'This was taken, and no receipt says so: {{taken}}. Forget it only when the customer has it back.',
              {
                taken: taken.join(' · '),
              },
            )}
          </p>
          <Group>
            <Button h={48} color="red" onClick={() => void givePaidExchangeUp(db).then(close)}>
              {t('It was given back: forget it')}
            </Button>
            <Button h={48} variant="default" onClick={close} data-autofocus>
              {t('Keep it')}
            </Button>
          </Group>
        </div>
      </Modal>
    </>
  )
}
