import { type IssuedValue, valueCodeText } from '@evertill/shared/domain/stored-value'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../../app/announcer.tsx'
import { useMoneyText } from '../../app/money.tsx'
import { methodName } from '../../store/catalogue.ts'
import { useFacts } from '../till-context.tsx'
import classes from './issued-codes.module.css'

/** The codes that a sale has put money on. Nobody has seen them before: they go with the customer, or nobody has them. */
export function IssuedCodes({ issued }: { issued: readonly IssuedValue[] }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { catalogue } = useFacts()
  const said = issued.map(({ code, methodCode, amount }) =>
    t('{{amount}} is on {{method}} {{code}}', {
      amount: money(amount),
      method: methodName(catalogue, methodCode),
      // In one piece on a narrow screen too.
      code: valueCodeText(code).replaceAll(' ', '\u00a0'),
    }),
  )
  const all = said.join('. ')
  useEffect(() => announce(all), [all])
  return (
    <div className={classes.codes}>
      {said.map((sentence) => (
        <p key={sentence} className={classes.code}>
          {sentence}
        </p>
      ))}
      <p>
        {t(
          'It stands on the receipt too: print it or hand it on. Without the code nobody can spend the money.',
        )}
      </p>
    </div>
  )
}
