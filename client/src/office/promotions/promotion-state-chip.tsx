import type { PromotionState } from '@evertill/shared/protocol/office/promotions'
import { IconCalendarClock, IconCheck, IconHistory } from '@tabler/icons-react'
import { StatusChip } from '../../app/status-chip.tsx'
import { STATE_WORDS } from './promotion-words.ts'

const LOOKS = {
  running: { tone: 'safe', icon: IconCheck },
  coming: { tone: 'info', icon: IconCalendarClock },
  ended: { tone: 'plain', icon: IconHistory },
} as const

export function PromotionStateChip({ state }: { state: PromotionState }) {
  return <StatusChip {...LOOKS[state]}>{STATE_WORDS[state]}</StatusChip>
}
