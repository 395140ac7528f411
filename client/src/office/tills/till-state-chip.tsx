import type { TillSummary } from '@evertill/shared/protocol/office/tills'
import { IconBan, IconQrcode } from '@tabler/icons-react'
import { StatusChip } from '../../app/status-chip.tsx'
import { TillState } from '../today/till-state.tsx'

export function TillStateChip({ till, short }: { till: TillSummary; short?: boolean }) {
  if (till.state === 'revoked') {
    return (
      <StatusChip tone="plain" icon={IconBan}>
        Revoked
      </StatusChip>
    )
  }
  if (till.state === 'waiting-for-enrolment') {
    return (
      <StatusChip tone="plain" icon={IconQrcode}>
        Not enrolled
      </StatusChip>
    )
  }
  return (
    <TillState
      waiting={till.waiting}
      lastContactAt={till.lastContactAt}
      gap={till.highWater < till.lastSeq}
      short={short ?? false}
    />
  )
}
