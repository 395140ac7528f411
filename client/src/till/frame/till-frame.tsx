import { notifications } from '@mantine/notifications'
import { Outlet } from '@tanstack/react-router'
import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Announcer } from '../../app/announcer.tsx'
import { firstScreenSettled, later, preloadParts } from '../../app/later.tsx'
import { CurrencyProvider } from '../../app/money.tsx'
import { onUpdateState, updateState } from '../../app/service-worker.ts'
import { readOpenSale } from '../../store/cart.ts'
import { readCatalogue } from '../../store/catalogue.ts'
import { followCalmly } from '../../store/follow.ts'
import { readSession } from '../../store/session.ts'
import { readTill } from '../../store/till.ts'
import { watchOtherTabs } from '../../store/till-database.ts'
import { FirstCatalogue } from '../enrol/first-catalogue.tsx'
import { NotATill } from '../enrol/not-a-till.tsx'
import { useIsAt } from '../go.ts'
import {
  PreferencesContext,
  useApplied,
  useBrowserPreferences,
  usePreferences,
} from '../settings/preferences.tsx'
import { SignInScreen } from '../sign-in/sign-in-screen.tsx'
import { FactsContext, StaffContext, useServices } from '../till-context.tsx'
import { isTraining } from '../training/training-mode.ts'
import { TrainingPanel } from '../training/training-panel.tsx'
import classes from './frame.module.css'
import { Header } from './header.tsx'
import { type Elsewhere, Notices } from './notices.tsx'
import { UnheardScans } from './unheard-scans.tsx'

const PrintRoot = later(async () => (await import('../receipt/print-receipt.tsx')).PrintRoot)

const NoShiftNotice = later(async () => (await import('./no-shift-notice.tsx')).NoShiftNotice)
const TrainingBand = later(async () => (await import('../training/training-band.tsx')).TrainingBand)
const NotInTraining = later(async () => (await import('../training/not-in-training.tsx')).NotInTraining)

const isEnrol = (pathname: string) => pathname === '/enrol'
const isHealth = (pathname: string) => pathname === '/health'

/** The frame around every screen, and which of them this browser may show: enrolled? stocked? signed in? */
export function TillFrame() {
  const { db, first } = useServices()
  const onEnrol = useIsAt(isEnrol)
  const onHealth = useIsAt(isHealth)
  const till = useLiveQuery(async () => ({ row: await readTill(db) }), [db], { row: first.till })
  const catalogue = useLiveQuery(async () => ({ rows: await readCatalogue(db) }), [db], {
    rows: first.catalogue,
  })
  const session = useLiveQuery(async () => ({ row: await readSession(db) }), [db], { row: first.session })
  // The same for as long as they say the same: every part of a screen asks for them.
  const facts = useMemo(
    () => till.row && catalogue.rows && { till: till.row, catalogue: catalogue.rows },
    [till.row, catalogue.rows],
  )
  const staff = catalogue.rows?.staff.find((row) => row.staffId === session.row?.staffId)
  const preferences = useBrowserPreferences()
  const spoken = useApplied(usePreferences(preferences, staff?.staffId))
  const elsewhere = useOtherTabs()
  const [trainingAsked, setTrainingAsked] = useState(false)
  const [settled, setSettled] = useState(false)
  useFollowOtherTabs()
  useOfflineReadyNote()

  useEffect(() => {
    if (spoken) preloadParts()
  }, [spoken])
  useEffect(() => void firstScreenSettled.then(() => setSettled(true)), [])

  // Words take a few milliseconds to come; the page keeps its colour and shows nothing that would jump.
  if (!spoken) return <div className={classes.frame} aria-busy="true" />
  if (till.row === undefined || (onEnrol && !isTraining()))
    return <div className={classes.frame}>{onEnrol ? <Outlet /> : <NotATill />}</div>

  const names = [catalogue.rows?.outlet.name ?? till.row.companyName, till.row.tillName]
  return (
    <CurrencyProvider value={catalogue.rows?.company.currency ?? 'SGD'}>
      <FactsContext value={facts}>
        <StaffContext value={staff}>
          <PreferencesContext value={preferences}>
            <div className={classes.frame}>
              {isTraining() && <TrainingBand onEnd={() => setTrainingAsked(true)} />}
              <Header
                names={staff === undefined ? names : [...names, staff.name]}
                timeZone={catalogue.rows?.outlet.timeZone}
                signedIn={staff !== undefined}
                onTraining={() => setTrainingAsked(true)}
              />
              <Notices revoked={catalogue.rows?.tillState === 'revoked'} elsewhere={elsewhere} />
              <div className={classes.body}>
                {isTraining() && (onEnrol || onHealth) ? (
                  <NotInTraining />
                ) : onHealth || staff !== undefined ? (
                  <Outlet />
                ) : facts === undefined ? (
                  <FirstCatalogue />
                ) : (
                  <SignInScreen />
                )}
              </div>
            </div>
            <TrainingPanel opened={trainingAsked} onClose={() => setTrainingAsked(false)} />
            <Announcer />
            <UnheardScans signedIn={staff !== undefined} />
            {settled && facts !== undefined && staff !== undefined && <NoShiftNotice />}
            {settled && facts !== undefined && <PrintRoot />}
          </PreferencesContext>
        </StaffContext>
      </FactsContext>
    </CurrencyProvider>
  )
}

function useOtherTabs(): Elsewhere | undefined {
  const { db } = useServices()
  const [elsewhere, setElsewhere] = useState<Elsewhere>()
  useEffect(() => watchOtherTabs(db, setElsewhere), [db])
  return elsewhere
}

const OTHER_TABS_MS = 200

/** Told only that something changed, the store reads it in its own order. No frame is rendered for it. */
function useFollowOtherTabs(): void {
  const { db, openSale } = useServices()
  const [, fail] = useState<never>()
  useEffect(
    () =>
      followCalmly(() => readOpenSale(db), OTHER_TABS_MS, {
        next: openSale.follow,
        error: (error) =>
          fail(() => {
            throw error
          }),
      }),
    [db, openSale],
  )
}

function useOfflineReadyNote(): void {
  const { t } = useTranslation()
  const update = useSyncExternalStore(onUpdateState, updateState)
  const tell = useEffectEvent(() =>
    notifications.show({
      id: 'offline-ready',
      color: 'pandan',
      title: t('Ready to work offline'),
      message: t('Evertill now starts, signs in and sells without a network on this device.'),
    }),
  )
  useEffect(() => {
    if (update === 'ready-offline') tell()
  }, [update])
}
