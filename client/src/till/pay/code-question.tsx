import { Button } from '@mantine/core'
import { IconQrcode } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import type { CodeShown } from '../../store/cart.ts'
import classes from './paynow.module.css'

interface CodeQuestionProps {
  readonly code: CodeShown
  readonly method: string
  readonly recording: boolean
  readonly onArrived: () => void
  readonly onForget: () => void
}

/**
 * A code was shown and nobody said what became of it: the till was loaded again, or left. It stands in the place of the
 * ways to pay, for whoever has paid it would pay twice.
 */
export function CodeQuestion({ code, method, recording, onArrived, onForget }: CodeQuestionProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const amount = money(code.amount)
  return (
    <section className={classes.question}>
      <p role="alert">
        <IconQrcode aria-hidden size={28} />
        {code.reference === ''
          ? t('A {{method}} code for {{amount}} was shown. Did the money arrive?', { method, amount })
          : t('A {{method}} code for {{amount}} was shown ({{reference}}). Did the money arrive?', {
              method,
              amount,
              reference: code.reference,
            })}
      </p>
      <Button h={72} fz={20} loading={recording} onClick={onArrived}>
        {t('It arrived')}
      </Button>
      <Button h={72} fz={20} variant="default" disabled={recording} onClick={onForget}>
        {t('It did not')}
      </Button>
    </section>
  )
}
