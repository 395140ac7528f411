import { valueCodeText } from '@evertill/shared/domain/stored-value'
import type { Tender } from '@evertill/shared/domain/tender'
import { Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../../app/announcer.tsx'
import { useMoneyText } from '../../app/money.tsx'
import { methodName } from '../../store/catalogue.ts'
import { useFacts } from '../till-context.tsx'

/** What is left to do once goods came back: what to hand out, what to refund elsewhere, and what is back by itself. */
export function PayOut({ tenders }: { tenders: readonly Tender[] }) {
  const { t } = useTranslation()
  const words = usePayOutWords()
  const legs = tenders.filter(({ kind, amount }) => kind !== 'exchange' && amount > 0)
  const said = legs.length === 0 ? [t('No money goes back.')] : legs.map(words)
  const all = said.join('. ')
  // A status that comes with its words is not read out everywhere.
  useEffect(() => announce(all), [all])
  return (
    <div role="status" style={{ width: '100%' }}>
      {said.map((sentence, i) => (
        <Text key={sentence} fz={32} fw={650} lh={1.2} mt={i > 0 ? 8 : 0}>
          {sentence}
        </Text>
      ))}
    </div>
  )
}

function usePayOutWords(): (leg: Tender) => string {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { catalogue } = useFacts()
  return ({ methodCode, kind, amount, code, points = 0 }) => {
    const method = methodName(catalogue, methodCode)
    const named = { amount: money(amount), method }
    switch (kind) {
      case 'cash':
        return t('Give back {{amount}} in cash', named)
      case 'card':
      case 'nets':
        // The till moves no money there: the terminal has to be told as well.
        return t('Refund {{amount}} on the terminal ({{method}})', named)
      case 'paynow':
        return t('Send {{amount}} back by {{method}}', named)
      case 'points':
        return t('{{count}} points are the customer’s again', { count: points })
      case 'store-credit':
        // Often a code that nobody has seen before.
        return code === undefined
          ? t('Give back {{amount}} in {{method}}', named)
          : t('{{amount}} is on {{method}} {{code}}', { ...named, code: valueCodeText(code) })
      case 'gift-card':
      case 'voucher':
        return code === undefined
          ? t('Give back {{amount}} in {{method}}', named)
          : t('{{amount}} is on {{method}} …{{code}} again', { ...named, code: code.slice(-4) })
      case 'exchange':
        return ''
    }
  }
}
