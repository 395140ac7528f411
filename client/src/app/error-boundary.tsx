import { Component, type ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'
import { i18n } from './i18n.ts'

/** The last resort: says what is safe, and offers to start the page again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <main>
        <ErrorState
          title={i18n.t('This screen stopped working.')}
          onRetry={() => location.reload()}
          rescue={!location.pathname.startsWith('/office')}
        >
          {i18n.t('Everything you completed is saved. Try again to go on where you were.')}
        </ErrorState>
      </main>
    )
  }
}
