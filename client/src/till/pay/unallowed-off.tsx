import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rateText } from '../../app/format.ts'
import { useMoneyText } from '../../app/money.tsx'
import type { Approval } from '../../store/permit.ts'
import { recordOverride } from '../../store/record-override.ts'
import { ApprovalDialog } from '../approval/approval-dialog.tsx'
import { useGo } from '../go.ts'
import { useRecorder } from '../recording/use-recorder.ts'
import { useSelling } from '../selling.tsx'
import { useServices } from '../till-context.tsx'

/** A percentage that was allowed takes more off with all that came after it: asked about once, before it is paid. */
export function UnallowedOff({ off }: { readonly off: number }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { allowOff, mostDiscountPpm = 0, refuse } = useSelling()
  const { record, refusal } = useRecorder()
  const money = useMoneyText()
  const go = useGo()
  const [approved, setApproved] = useState(false)

  const allow = (approval: Approval) => {
    setApproved(true)
    const about = `${money(off)} off the whole sale, where up to ${rateText(mostDiscountPpm)} needs nobody`
    record((input) => recordOverride(db, { ...input, approval, about }), allowOff)
  }
  const back = useEffectEvent((why: string) => {
    refuse(why)
    go('/')
  })
  useEffect(() => {
    if (refusal !== undefined) back(refusal)
  }, [refusal])
  if (approved) return null
  return (
    <ApprovalDialog
      permission="price.override"
      about={t('{{off}} off the whole sale', { off: money(off) })}
      onClose={() => go('/')}
      onApproved={allow}
    />
  )
}
