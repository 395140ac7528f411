import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { NoSuchPage } from './frame/no-such-page.tsx'
import { TillFailure } from './frame/till-failure.tsx'
import { TillFrame } from './frame/till-frame.tsx'
import { TenderPanel } from './pay/late-tender-panel.ts'
import { SellScreen } from './sell-screen.tsx'

/** The selling screen itself shows it. */
const Nothing = () => null

const root = createRootRoute({ component: TillFrame, notFoundComponent: NoSuchPage })

const enrol = createRoute({
  getParentRoute: () => root,
  path: '/enrol',
  component: lazyRouteComponent(() => import('./enrol/enrol-screen.tsx'), 'EnrolScreen'),
})

/** Products or what their address names on the left, the cart on the right; then the paid sale over both. */
const selling = createRoute({ getParentRoute: () => root, id: 'selling', component: SellScreen })
const products = createRoute({ getParentRoute: () => selling, path: '/', component: Nothing })
const pay = createRoute({ getParentRoute: () => selling, path: '/pay', component: TenderPanel })
const giftCards = createRoute({
  getParentRoute: () => selling,
  path: '/gift-cards',
  component: lazyRouteComponent(() => import('./value/gift-cards-panel.tsx'), 'GiftCardsPanel'),
})
const paid = createRoute({ getParentRoute: () => selling, path: '/paid/$saleId', component: Nothing })

const receipts = createRoute({
  getParentRoute: () => root,
  path: '/receipts',
  component: lazyRouteComponent(() => import('./receipts/receipts-screen.tsx'), 'ReceiptsScreen'),
})
const receipt = createRoute({
  getParentRoute: () => receipts,
  path: '/$saleId',
  component: lazyRouteComponent(() => import('./receipts/receipt-page.tsx'), 'ReceiptPage'),
})

const blindReturn = createRoute({
  getParentRoute: () => root,
  path: '/exchange',
  component: lazyRouteComponent(() => import('./exchange/exchange-screen.tsx'), 'ExchangeScreen'),
})
const exchange = createRoute({
  getParentRoute: () => root,
  path: '/exchange/$saleId',
  component: lazyRouteComponent(() => import('./exchange/exchange-screen.tsx'), 'ExchangeScreen'),
})

const drawer = createRoute({
  getParentRoute: () => root,
  path: '/drawer',
  component: lazyRouteComponent(() => import('./drawer/drawer-screen.tsx'), 'DrawerScreen'),
})

const scanner = createRoute({
  getParentRoute: () => root,
  path: '/scanner',
  component: lazyRouteComponent(() => import('./scanner/scanner-screen.tsx'), 'ScannerScreen'),
})

const printing = createRoute({
  getParentRoute: () => root,
  path: '/printing',
  component: lazyRouteComponent(() => import('./printing/printing-screen.tsx'), 'PrintingScreen'),
})
const virtualPrinter = createRoute({
  getParentRoute: () => root,
  path: '/printer',
  component: lazyRouteComponent(
    () => import('./printing/virtual-printer-screen.tsx'),
    'VirtualPrinterScreen',
  ),
})

const health = createRoute({
  getParentRoute: () => root,
  path: '/health',
  component: lazyRouteComponent(() => import('./health/health-screen.tsx'), 'HealthScreen'),
})

const routeTree = root.addChildren([
  enrol,
  selling.addChildren([products, pay, giftCards, paid]),
  receipts.addChildren([receipt]),
  blindReturn,
  exchange,
  drawer,
  printing,
  scanner,
  virtualPrinter,
  health,
])

export const createTillRouter = () =>
  createRouter({ routeTree, defaultPreload: 'intent', defaultErrorComponent: TillFailure })
