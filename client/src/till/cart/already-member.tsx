import type { CustomerRow } from '@evertill/shared/protocol/pull'
import { Button } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { type Ref, useImperativeHandle, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { countText } from '../../app/format.ts'
import { useFacts } from '../till-context.tsx'
import classes from './already-member.module.css'

interface AlreadyMemberProps {
  readonly ref: Ref<{ focus: () => void }>
  /** Who has the phone or the address of somebody new. */
  readonly members: readonly CustomerRow[]
  readonly onUse: (member: CustomerRow) => void
}

const MOST_SHOWN = 3

/** Somebody new who may be none: their points are with who they were. */
export function AlreadyMember({ ref, members, onUse }: AlreadyMemberProps) {
  const { t } = useTranslation()
  const { tiers } = useFacts().catalogue
  const use = useRef<HTMLButtonElement>(null)
  useImperativeHandle(ref, () => ({ focus: () => use.current?.focus() }), [])
  const about = ({ tierId, points, phone, email }: CustomerRow) =>
    [
      tiers.find((tier) => tier.tierId === tierId)?.name,
      t('{{points}} points', { points: countText(points) }),
      phone,
      email,
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <div role="alert" className={classes.known}>
      {members.slice(0, MOST_SHOWN).map((member, i) => (
        <div key={member.customerId} className={classes.member}>
          <p>
            <IconUserCheck aria-hidden size={22} />
            <span>
              <strong>{t('Already a member: {{name}}', { name: member.name })}</strong>
              <br />
              <small>{about(member)}</small>
            </span>
          </p>
          <Button ref={i === 0 ? use : undefined} h={56} fz={18} onClick={() => onUse(member)}>
            {t('Use {{name}}', { name: member.name })}
          </Button>
        </div>
      ))}
    </div>
  )
}
