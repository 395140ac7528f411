import type { Permission } from '@evertill/shared/domain/permission'
import type { OfficeSession } from '@evertill/shared/protocol/office'
import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'

export function useSession(): OfficeSession | undefined {
  const { api } = useOffice()
  return useQuery(sessionQuery(api)).data
}

/** Whether to offer something; the server decides whether it may be done. */
export function useMay(permission: Permission): boolean {
  return useSession()?.permissions.includes(permission) ?? false
}
