import { EXCHANGE_METHOD } from '@evertill/shared/domain/exchange'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { paymentMethodNamesQuery } from '../api/settings-queries.ts'
import { useOffice } from '../office-context.tsx'

/** What a way to pay is called; its code, where that is all that is known. */
export function useMethodName(): (methodCode: string) => string {
  const { api } = useOffice()
  const { data } = useQuery(paymentMethodNamesQuery(api))
  return useCallback(
    (methodCode) =>
      data?.find((method) => method.methodCode === methodCode)?.name ??
      (methodCode === EXCHANGE_METHOD ? 'Goods exchanged' : methodCode),
    [data],
  )
}
