import type { Tender } from '@evertill/shared/domain/tender'
import { notifications } from '@mantine/notifications'
import { i18n } from '../../app/i18n.ts'
import { printerSettings } from '../../devices/printer-settings.ts'
import { isTraining } from '../training/training-mode.ts'

/** Opens the drawer that is plugged into the printer; a print dialog of the browser has none. */
export async function openCashDrawer(): Promise<void> {
  // The drawer has real money in it, and nobody would write down that it was opened.
  if (isTraining() || printerSettings().kind === 'browser') return
  // What knows printers is fetched where there is one.
  const { kickDrawer } = await import('../../devices/printer.ts')
  if ((await kickDrawer()) === 'printed') return
  notifications.show({
    id: 'drawer',
    color: 'kaya',
    title: i18n.t('The drawer was not opened'),
    message: i18n.t('It hangs on the printer, and the printer does not answer. Open it with its key.'),
  })
}

/** For cash that was just taken or goes back, where this device is set to. */
export function kickForCash(tenders: readonly Pick<Tender, 'kind'>[]): void {
  if (printerSettings().kicksForCash && tenders.some(({ kind }) => kind === 'cash')) void openCashDrawer()
}
