import { useTranslation } from 'react-i18next'
import type { Exchange } from './use-exchange.ts'
import { WayChoice } from './way-choice.tsx'

const AS_PAID = 'as-paid'

/** How what is left over goes back: as it was paid, where there is a receipt, unless another way is chosen. */
export function PayBackChoice({ exchange, hasReceipt }: { exchange: Exchange; hasReceipt: boolean }) {
  const { t } = useTranslation()
  const { method, methodCode, methods, chooseMethod } = exchange
  return (
    <WayChoice
      label={t('Pay back')}
      value={hasReceipt && methodCode === undefined ? AS_PAID : (method?.code ?? '')}
      onChange={(code) => chooseMethod(code === AS_PAID ? undefined : code)}
      ways={[
        ...(hasReceipt ? [{ value: AS_PAID, label: t('As it was paid') }] : []),
        ...methods.map(({ code, name }) => ({ value: code, label: name })),
      ]}
    />
  )
}
