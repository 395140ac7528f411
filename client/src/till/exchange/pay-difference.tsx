import { type Minor, minor } from '@evertill/shared/domain/money'
import { isValueKind } from '@evertill/shared/domain/stored-value'
import { quickCash, type Tender } from '@evertill/shared/domain/tender'
import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { Button, Modal } from '@mantine/core'
import { IconGift, IconStar } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../app/later.tsx'
import { Money, useMoneyText } from '../../app/money.tsx'
import { playSound } from '../../devices/sound.ts'
import { useRefusalWords } from '../pay/refusal-words.ts'
import { TenderList } from '../pay/tender-list.tsx'
import type { MoreOfLeg } from '../pay/use-taking.ts'
import { MoneyEntry } from '../recording/money-entry.tsx'
import forms from '../recording/recording.module.css'
import { useFacts } from '../till-context.tsx'
import classes from './exchange.module.css'
import type { Exchange } from './use-exchange.ts'
import { WayChoice } from './way-choice.tsx'

const ValueDialog = later(async () => (await import('../value/value-dialog.tsx')).ValueDialog)

interface PayDifferenceProps {
  readonly exchange: Exchange
  /** What the chosen method takes of what is left. */
  readonly due: Minor
  readonly recording: boolean
  /** Whether that method is paid by a code of this screen: it pays all that is left. */
  readonly showsCode: (method: PaymentMethodRow) => boolean
  /** Money is taken for what may be done. Undefined until it is said why the goods come back. */
  readonly whenApproved: ((go: () => void) => void) | undefined
  readonly value: AskedValue | undefined
  readonly onValue: (value: AskedValue | undefined) => void
}

/** What is on a code is asked for: one that was scanned, or one to be typed. */
export interface AskedValue {
  readonly code?: string
}

/** How the difference is paid: by one method, or after parts of it by others. */
export function PayDifference({
  exchange,
  due,
  recording,
  showsCode,
  whenApproved,
  value,
  onValue,
}: PayDifferenceProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { catalogue } = useFacts()
  const wordsFor = useRefusalWords()
  const [isPart, setIsPart] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const { method, methods, received, taken, taking, settlement } = exchange
  const isLeft = !settlement.complete
  const points = catalogue.paymentMethods.find(({ kind }) => kind === 'points')
  const byPoints = points === undefined ? minor(0) : taking.leftBy(points)

  const take = (by: PaymentMethodRow, amount: number, more?: MoreOfLeg): boolean => {
    const leg: Tender = taking.legOf(by, amount, more)
    const refused = taking.refusalOf(leg, by)
    if (refused !== undefined) playSound('refused')
    else exchange.take(leg)
    setRefusal(refused && wordsFor(refused, by.name))
    return refused === undefined
  }
  const close = () => {
    setIsPart(false)
    onValue(undefined)
    setRefusal(undefined)
  }
  return (
    <>
      <TenderList tenders={taken} locked={recording} onTakeBack={exchange.takeBack} />
      {isLeft && (
        <WayChoice
          label={taken.length > 0 ? t('The rest by') : t('Paid by')}
          value={method?.code ?? ''}
          onChange={exchange.chooseMethod}
          ways={methods.map(({ code, name }) => ({ value: code, label: name }))}
        />
      )}
      {isLeft && method?.kind === 'cash' && (
        <CashReceived
          due={due}
          cashStep={catalogue.company.cashStep}
          received={received ?? due}
          onReceived={exchange.setReceived}
        />
      )}
      {isLeft && (
        <div className={classes.parts}>
          {method !== undefined && !showsCode(method) && (
            <Button
              h={48}
              px={12}
              variant="default"
              disabled={recording || whenApproved === undefined}
              onClick={() => whenApproved?.(() => setIsPart(true))}
            >
              {t('Only part by {{method}}…', { method: method.name })}
            </Button>
          )}
          {catalogue.paymentMethods.some(({ kind }) => isValueKind(kind)) && (
            <Button
              h={48}
              px={12}
              variant="default"
              leftSection={<IconGift aria-hidden size={20} />}
              disabled={recording}
              onClick={() => onValue({})}
            >
              {t('Gift card or voucher')}
            </Button>
          )}
          {points !== undefined && byPoints > 0 && (
            <Button
              h={48}
              px={12}
              variant="default"
              leftSection={<IconStar aria-hidden size={20} />}
              disabled={recording}
              onClick={() => take(points, byPoints)}
            >
              {t('Use {{count}} points', { count: taking.pointsIn(points, byPoints) ?? 0 })}
              &nbsp;
              <Money amount={byPoints} />
            </Button>
          )}
        </div>
      )}
      {!isPart && value === undefined && refusal !== undefined && (
        <p className={forms.refusal} role="alert">
          {refusal}
        </p>
      )}
      {isPart && method !== undefined && (
        <Modal
          opened
          onClose={close}
          size={420}
          title={t('Part of it by {{method}}', { method: method.name })}
          closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
        >
          <p className={forms.refusal} role="alert">
            {refusal}
          </p>
          <MoneyEntry
            placeholder={money(due)}
            idle={t('Type the amount')}
            action={(amount, text) =>
              amount > 0 && amount < due
                ? t('Take {{amount}} by {{method}}', { amount: text, method: method.name })
                : undefined
            }
            why={(amount) => (amount >= due ? t('Less than {{amount}}', { amount: money(due) }) : undefined)}
            onDone={(amount) => take(method, amount) && close()}
          />
        </Modal>
      )}
      {value !== undefined && (
        <ValueDialog
          key={value.code}
          code={value.code}
          payment={{
            tenders: [...taken],
            leftBy: taking.leftBy,
            take: (by, amount = taking.leftBy(by), more) => take(by, amount, more),
            recording,
            refusal,
          }}
          onClose={close}
        />
      )}
    </>
  )
}

/** What the customer hands over: the exact amount unless another is tapped. */
function CashReceived({
  due,
  cashStep,
  received,
  onReceived,
}: {
  due: Minor
  cashStep: number
  received: Minor
  onReceived: (amount: Minor) => void
}) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const [typing, setTyping] = useState(false)
  const usual = quickCash(due, cashStep)
  return (
    <fieldset className={classes.choice}>
      <legend>{t('Cash received')}</legend>
      {[...usual, ...(usual.includes(received) ? [] : [received])].map((amount) => (
        <Button
          key={amount}
          h={48}
          px={8}
          variant={amount === received ? 'light' : 'default'}
          aria-pressed={amount === received}
          onClick={() => onReceived(amount)}
        >
          <Money amount={amount} />
        </Button>
      ))}
      <Button h={48} px={8} variant="default" onClick={() => setTyping(true)}>
        {t('Another amount')}
      </Button>
      {typing && (
        <Modal
          opened
          onClose={() => setTyping(false)}
          size={420}
          title={t('Cash received')}
          closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
        >
          <MoneyEntry
            placeholder={money(due)}
            idle={t('Type the amount')}
            action={(amount, text) =>
              amount >= due ? t('{{amount}} received', { amount: text }) : undefined
            }
            why={() => t('At least {{least}}', { least: money(due) })}
            onDone={(amount) => {
              onReceived(amount)
              setTyping(false)
            }}
          />
        </Modal>
      )}
      {received > due && (
        <p role="status">
          {t('Change')} <Money amount={received - due} />
        </p>
      )}
    </fieldset>
  )
}
