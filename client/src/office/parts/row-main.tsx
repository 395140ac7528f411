import { createContext, useContext } from 'react'

export const RowContext = createContext({ active: false })

/**
 * Props for the one link or button that opens a row. Of all rows only the active one's is a tab stop, so that
 * Tab passes a long table in one step and the arrow keys move inside it.
 */
export function useRowMain(): { readonly tabIndex: 0 | -1; readonly 'data-row-main': '' } {
  const { active } = useContext(RowContext)
  return { tabIndex: active ? 0 : -1, 'data-row-main': '' }
}
