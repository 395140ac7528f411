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
  refuse: (before, edit) => {
    const strange = edit.tiers.findIndex((tier) => !before.tiers.some(({ tierId }) => tierId === tier.tierId))
    if (strange >= 0)
      return refused('bad-request', 'There is no such tier.', [
        { path: `settings.tiers.${strange}.tierId`, message: 'is not one of your tiers' },
      ])
    if (edit.tiers.length !== before.tiers.length)
      return refused('bad-request', 'A tier is missing.', [
        { path: 'settings.tiers', message: 'must hold every tier' },
      ])
    return undefined
  },
}

export const RECEIPTS: Subject<ReceiptSettings> = {
  action: 'receipt-settings.edited',
  read: readReceiptSettings,
  write: updateReceiptSettings,
  refuse: (before, edit) => {
    const strange = edit.outlets.findIndex(
      (outlet) => !before.outlets.some(({ outletId }) => outletId === outlet.outletId),
    )
    if (strange < 0) return undefined
    return refused('bad-request', 'There is no such outlet.', [
      { path: `settings.outlets.${strange}.outletId`, message: 'is not one of your outlets' },
    ])
  },
}
