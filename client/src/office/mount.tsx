import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import './office.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { v7 } from 'uuid'
import { AppProviders } from '../app/app-providers.tsx'
import { preloadParts } from '../app/later.tsx'
import { createOfficeApi } from './api/office-api.ts'
import { OfficeContext } from './office-context.tsx'
import { goToWhatIsWrong } from './parts/go-to-what-is-wrong.ts'
import { createQueryClient } from './query-client.ts'
import { createOfficeRouter } from './router.ts'
import { createSessionEnd } from './session/session-end.ts'

/** Opens head office in the page. */
export function mountOffice(root: HTMLElement): void {
  const api = createOfficeApi((input, init) => fetch(input, init))
  const sessionEnd = createSessionEnd()
  const queryClient = createQueryClient(sessionEnd)
  const router = createOfficeRouter({ api, queryClient })
  createRoot(root).render(
    <StrictMode>
      <AppProviders>
        <OfficeContext value={{ api, sessionEnd, now, newId }}>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </OfficeContext>
      </AppProviders>
    </StrictMode>,
  )
  goToWhatIsWrong(root)
  preloadParts()
}

const now = () => new Date()
const newId = () => v7()
