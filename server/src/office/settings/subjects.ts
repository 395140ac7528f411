import type {
  LoyaltySettings,
  OfflineLimits,
  ReceiptSettings,
  ShiftSettings,
} from '@evertill/shared/protocol/office/settings'
import {
  readLoyaltySettings,
  readOfflineLimits,
  readReceiptSettings,
  readShiftSettings,
  updateLoyaltySettings,
  updateOfflineLimits,
  updateReceiptSettings,
  updateShiftSettings,
  usesOfTiers,
} from '../../db/queries/office-settings.ts'
import { refused } from '../refused.ts'
import type { Subject } from './edit-settings.ts'

export const SHIFTS: Subject<ShiftSettings> = {
  action: 'shift-settings.edited',
  read: readShiftSettings,
  write: updateShiftSettings,
}

export const OFFLINE_LIMITS: Subject<OfflineLimits> = {
  action: 'offline-limits.edited',
  read: readOfflineLimits,
  write: updateOfflineLimits,
}

export const LOYALTY: Subject<LoyaltySettings> = {
  action: 'loyalty.edited',
  read: readLoyaltySettings,
  write: updateLoyaltySettings,
  refuse: async (before, edit, tx, granted) => {
    const kept = new Set(edit.tiers.map(({ tierId }) => tierId))
    const gone = before.tiers.filter(({ tierId }) => !kept.has(tierId))
    if (gone.length === 0) return undefined
    const uses = await usesOfTiers(
      tx,
      granted,
      gone.map(({ tierId }) => tierId),
    )
    const [used] = uses.filter(({ customers, promotion }) => customers > 0 || promotion !== null)
    if (used === undefined) return undefined
    const { name, customers, promotion } = used
    const why =
      customers > 0
        ? `${customers} ${customers === 1 ? 'customer is' : 'customers are'} in it`
        : `the promotion ${promotion} is for it. End that first`
    return refused('bad-request', 'Nothing was saved: a tier that is used cannot be removed.', [
      { path: 'settings.tiers', message: `${name} stays: ${why}.` },
    ])
  },
}

export const RECEIPTS: Subject<ReceiptSettings> = {
  action: 'receipt-settings.edited',
  read: readReceiptSettings,
  write: updateReceiptSettings,
}
