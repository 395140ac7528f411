import { denominationsOf } from '@evertill/shared/domain/denomination'
import type { Minor } from '@evertill/shared/domain/money'
import type { CashCount } from '@evertill/shared/domain/shift'
import { Button } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconCalculator, IconCoins } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCurrency } from '../../app/money.tsx'
import { MoneyEntry } from '../recording/money-entry.tsx'
import classes from './cash-count.module.css'
import { CashCountEntry } from './cash-count.tsx'

interface CashEntryProps {
  readonly placeholder: string
  readonly idle: string
  readonly action: (amount: Minor, text: string) => string | undefined
  /** See useCountDraft. */
  readonly draft: string
  readonly onDone: (amount: Minor, counts?: readonly CashCount[]) => void
}

/** The cash in a drawer, counted by notes and coins, or as one total: this device keeps to what was last chosen. */
export function CashEntry({ placeholder, idle, action, draft, onDone }: CashEntryProps) {
  const { t } = useTranslation()
  const denominations = denominationsOf(useCurrency())
  const [asTotal, setAsTotal] = useLocalStorage({
    key: 'evertill-count-as-total',
    defaultValue: false,
    getInitialValueInEffect: false,
    deserialize: (stored) => stored === 'true',
  })
  if (denominations.length === 0)
    return <MoneyEntry placeholder={placeholder} idle={idle} action={action} onDone={onDone} />
  return (
    <>
      <Button
        variant="subtle"
        h={48}
        px={8}
        className={classes.how ?? ''}
        leftSection={asTotal ? <IconCoins aria-hidden size={20} /> : <IconCalculator aria-hidden size={20} />}
        onClick={() => setAsTotal(!asTotal)}
      >
        {asTotal ? t('Count notes and coins') : t('Type the total')}
      </Button>
      {asTotal ? (
        <MoneyEntry
          placeholder={placeholder}
          idle={idle}
          action={action}
          onDone={(amount) => onDone(amount)}
        />
      ) : (
        <CashCountEntry
          denominations={denominations}
          draft={draft}
          idle={idle}
          action={action}
          onDone={onDone}
        />
      )}
    </>
  )
}
