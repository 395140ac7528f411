import {
  type NewSignIn,
  type SignInChange,
  zFirstPassword,
  zSignInDetail,
} from '@evertill/shared/protocol/office/sign-ins'
import { z } from 'zod'
import type { OfficeCalls } from '../api/office-api.ts'

const url = (path = '') => `/api/office/staff/sign-ins${path}`

/** What head office asks about those who sign in to it. */
export const signInCalls = ({ get, send, parsed }: OfficeCalls) => ({
  signIns: async (signal?: AbortSignal) =>
    (await get(z.object({ rows: z.array(zSignInDetail) }), 'staff/sign-ins', signal)).rows,
  /** Answers with the password that was made, this once. */
  addSignIn: async (person: NewSignIn): Promise<string> =>
    (await parsed(zFirstPassword, await send('POST', url(), person))).password,
  editSignIn: async (signInId: string, change: SignInChange): Promise<void> => {
    await send('PUT', url(`/${signInId}`), change)
  },
  /** Answers with it, this once; their sessions end. */
  makePassword: async (signInId: string): Promise<string> =>
    (await parsed(zFirstPassword, await send('POST', url(`/${signInId}/password`)))).password,
  removeSignIn: async (signInId: string): Promise<void> => {
    await send('DELETE', url(`/${signInId}`))
  },
})
