import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isBetweenShifts } from '../../store/shift.ts'
import { useGo } from '../go.ts'
import { useServices } from '../till-context.tsx'
import { useCalmQuery } from '../use-calm-query.ts'
import { useIsBetweenSales, useUpdateWaits } from './notices.tsx'
import { Offer } from './offer.tsx'

/** Where the shop works by shifts, a till says when none is open: what it takes now is counted by nobody. */
export function NoShiftNotice() {
  const { db } = useServices()
  const updateWaits = useUpdateWaits()
  const isBetweenSales = useIsBetweenSales()
  const isNeeded = useCalmQuery(() => isBetweenShifts(db), [db], false)
  return isNeeded && <NoShiftOffer shown={isBetweenSales && !updateWaits} />
}

/** Once called off it stays away until another shift was open. */
function NoShiftOffer({ shown }: { shown: boolean }) {
  const { t } = useTranslation()
  const go = useGo()
  const [dismissed, setDismissed] = useState(false)
  if (dismissed || !shown) return null
  return (
    <Offer
      words={t('No shift is open: what is sold now is in no Z report, and its cash is counted by nobody.')}
    >
      <Button h={48} variant="default" onClick={() => setDismissed(true)}>
        {t('Later')}
      </Button>
      <Button h={48} onClick={() => go('/drawer')}>
        {t('Open a shift')}
      </Button>
    </Offer>
  )
}
