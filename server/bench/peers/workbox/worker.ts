import { BackgroundSyncPlugin } from 'workbox-background-sync'
import { registerRoute } from 'workbox-routing'
import { NetworkOnly } from 'workbox-strategies'
import { keepShell } from '../page/shell.ts'

declare const BACKGROUND_SYNC: boolean

keepShell()

// As under "Basic Usage". A headless shell shows the Background Sync interface but refuses every registration;
// for such browsers the documentation has this option: the queue is replayed whenever the worker starts.
const queue = new BackgroundSyncPlugin('sales', {
  maxRetentionTime: 24 * 60,
  forceSyncFallback: !BACKGROUND_SYNC,
})
registerRoute(/\/api\/sales$/, new NetworkOnly({ plugins: [queue] }), 'POST')
