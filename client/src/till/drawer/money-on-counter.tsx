import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useGo } from '../go.ts'
import { useRecordWords } from '../recording/record-words.ts'
import classes from '../recording/recording.module.css'
import { useOpenSale } from '../till-context.tsx'

/** What was taken would be counted in this shift and expected in the next: it is finished, or given back, first. */
export function MoneyOnCounter() {
  const { t } = useTranslation()
  const go = useGo()
  const wordsFor = useRecordWords()
  const { tenders } = useOpenSale()
  return (
    <>
      <p className={classes.refusal} role="alert">
        {wordsFor({ code: 'money-on-counter' })}
      </p>
      {tenders.length > 0 && (
        <Button h={56} fz={18} data-autofocus onClick={() => go('/pay')}>
          {t('Go to the sale')}
        </Button>
      )}
    </>
  )
}
