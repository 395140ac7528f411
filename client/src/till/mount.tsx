import { createRoot } from 'react-dom/client'
import { AppProviders } from '../app/app-providers.tsx'
import { EmptyState } from '../app/empty-state.tsx'

export function mountTill(root: HTMLElement): void {
  createRoot(root).render(
    <AppProviders>
      <EmptyState title="Evertill" />
    </AppProviders>,
  )
}
