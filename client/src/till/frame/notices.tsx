import { Button } from '@mantine/core'
import { useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { activateUpdate, onUpdateState, updateState } from '../../app/service-worker.ts'
import { isProducts, useGo, useIsAt } from '../go.ts'
import { useOpenSale, useServices } from '../till-context.tsx'
import classes from './frame.module.css'
import { Offer } from './offer.tsx'

/** What a person at the till must know now, in the order of what it means for the money. */
export function Notices({ revoked, elsewhere }: { revoked: boolean; elsewhere: Elsewhere | undefined }) {
  const { t } = useTranslation()
  const { openSale } = useServices()
  const go = useGo()
  const saved = useSyncExternalStore(openSale.subscribe, openSale.saved)
  return (
    <>
      {!saved && (
        <div className={`${classes.banner} ${classes.bad}`} role="alert">
          <p>
            {t(
              'This browser could not save the open sale. Free some space on this device, then change any line to save again. Sales already paid are safe.',
            )}
          </p>
        </div>
      )}
      {revoked && (
        <div className={`${classes.banner} ${classes.bad}`} role="alert">
          <p>
            {t(
              'Head office has revoked this till. It takes no new sales. Sales that were not sent yet are kept in this browser: do not clear its data, and ask head office what to do with them.',
            )}
          </p>
          <Button h={48} variant="default" onClick={() => go('/enrol')}>
            {t('Enrol again')}
          </Button>
        </div>
      )}
      {elsewhere !== undefined && (
        <div className={`${classes.banner} ${classes.info}`} role="alert">
          <p>
            {elsewhere === 'removed'
              ? t("This browser's data was cleared. Load the page again to see what is left.")
              : t(
                  'Evertill was updated in another tab. Load this page again to go on here: the open sale is kept.',
                )}
          </p>
          <Button h={48} onClick={() => location.reload()}>
            {t('Load again')}
          </Button>
        </div>
      )}
      <UpdateNotice />
    </>
  )
}

export type Elsewhere = 'updated-elsewhere' | 'waiting-for-other-tab' | 'removed'

/** Between two sales: the only time for what can wait. */
export function useIsBetweenSales(): boolean {
  const { cart } = useOpenSale()
  const onProducts = useIsAt(isProducts)
  return cart.lines.length === 0 && onProducts
}

export const useUpdateWaits = () => useSyncExternalStore(onUpdateState, updateState) === 'update-waiting'

/** Offered only while no sale is open; a person decides, or the next start. */
function UpdateNotice() {
  const { t } = useTranslation()
  const waits = useUpdateWaits()
  const isBetweenSales = useIsBetweenSales()
  const [dismissed, setDismissed] = useState(false)
  if (!waits || dismissed || !isBetweenSales) return null
  return (
    <Offer
      words={t(
        'A new version of Evertill is ready. Updating takes a few seconds and asks for your PIN again.',
      )}
    >
      <Button h={48} variant="default" onClick={() => setDismissed(true)}>
        {t('Later')}
      </Button>
      <Button h={48} onClick={activateUpdate}>
        {t('Update now')}
      </Button>
    </Offer>
  )
}
