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
        <ErrorState title={i18n.t('This screen stopped working.')} onRetry={() => location.reload()}>
          {i18n.t('Everything you completed is saved. Try again to go on where you were.')}{' '}
          {!location.pathname.startsWith('/office') && (
            <a href="/rescue">{i18n.t('Save unsent sales to a file')}</a>
          )}
        </ErrorState>
      </main>
    )
  }
}
