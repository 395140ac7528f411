import type { Auth } from '../../office/auth.ts'
import type { AppDeps } from '../app-deps.ts'

/** What the routes of head office use beside the rest of the HTTP side. */
export type OfficeDeps = AppDeps & { readonly auth: Auth }
