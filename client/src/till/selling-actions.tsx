import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useRef } from 'react'
import { type Selling, SellingContext } from './selling.tsx'

/** What can be done on the selling screen: the same functions for its life, so that who only acts renders once. */
export type SellingActions = Pick<
  Selling,
  | 'addProduct'
  | 'changeCart'
  | 'chooseVariant'
  | 'clearCart'
  | 'codeEntered'
  | 'dismiss'
  | 'openCamera'
  | 'openDialog'
  | 'refuse'
  | 'removeLine'
  | 'showPaid'
  | 'startPaying'
>

const SellingActionsContext = createContext<SellingActions | undefined>(undefined)

export function useSellingActions(): SellingActions {
  const actions = useContext(SellingActionsContext)
  if (actions === undefined) throw new Error('this part was rendered outside the selling screen')
  return actions
}

export function SellingProvider({ selling, children }: { selling: Selling; children: ReactNode }) {
  const latest = useRef(selling)
  useLayoutEffect(() => {
    latest.current = selling
  })
  const actions = useMemo<SellingActions>(
    () => ({
      addProduct: (product, pieces) => latest.current.addProduct(product, pieces),
      changeCart: (...events) => latest.current.changeCart(...events),
      chooseVariant: (product, pieces) => latest.current.chooseVariant(product, pieces),
      clearCart: () => latest.current.clearCart(),
      codeEntered: (code, pieces) => latest.current.codeEntered(code, pieces),
      dismiss: () => latest.current.dismiss(),
      openCamera: () => latest.current.openCamera(),
      openDialog: (dialog) => latest.current.openDialog(dialog),
      refuse: (text) => latest.current.refuse(text),
      removeLine: (line) => latest.current.removeLine(line),
      showPaid: (saleId) => latest.current.showPaid(saleId),
      startPaying: () => latest.current.startPaying(),
    }),
    [],
  )
  return (
    <SellingActionsContext value={actions}>
      <SellingContext value={selling}>{children}</SellingContext>
    </SellingActionsContext>
  )
}
