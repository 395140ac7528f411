import { zEntryKind } from '@evertill/shared/protocol/office/journal'
import { zPromotionState } from '@evertill/shared/protocol/office/promotions'
import { zSaleKind } from '@evertill/shared/protocol/office/sales'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { z } from 'zod'
import { OfficeFrame } from './frame/office-frame.tsx'
import { NotFound, RouteFailure } from './frame/route-failure.tsx'
import {
  type OfficeRouterContext,
  requireNoCompany,
  requireNoSession,
  requireSession,
} from './session/guard.ts'
import { parseSearchText, searchText } from './words/search-text.ts'

// What cannot be read in a URL is left out: a mangled link still opens its page.
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const text = optional(z.string().trim().max(200))
const date = optional(z.iso.date())

const root = createRootRouteWithContext<OfficeRouterContext>()({
  component: Outlet,
  errorComponent: RouteFailure,
  notFoundComponent: NotFound,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: z.object({ back: text }),
  beforeLoad: ({ context }) => requireNoSession(context),
  component: lazyRouteComponent(() => import('./session/sign-in-page.tsx'), 'SignInPage'),
})

const firstRun = createRoute({
  getParentRoute: () => root,
  path: 'first-run',
  beforeLoad: ({ context }) => requireNoCompany(context),
  component: lazyRouteComponent(() => import('./session/first-run-page.tsx'), 'FirstRunPage'),
})

/** The chosen outlet goes along from page to page. */
const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  validateSearch: z.object({ outlet: optional(z.uuid()) }),
  search: { middlewares: [retainSearchParams(['outlet'])] },
  beforeLoad: ({ context, location }) => requireSession(context, location.href),
  component: OfficeFrame,
})

const today = createRoute({
  getParentRoute: () => desk,
  path: '/',
  validateSearch: z.object({ date }),
  component: lazyRouteComponent(() => import('./today/today-page.tsx'), 'TodayPage'),
})

const sales = createRoute({
  getParentRoute: () => desk,
  path: 'sales',
  validateSearch: z.object({ q: text, kind: optional(zSaleKind), from: date, to: date }),
  component: lazyRouteComponent(() => import('./sales/sales-page.tsx'), 'SalesPage'),
})

const sale = createRoute({
  getParentRoute: () => desk,
  path: 'sales/$saleId',
  component: lazyRouteComponent(() => import('./sales/sale-page.tsx'), 'SalePage'),
})

const shifts = createRoute({
  getParentRoute: () => desk,
  path: 'shifts',
  validateSearch: z.object({ till: optional(z.uuid()), from: date, to: date }),
  component: lazyRouteComponent(() => import('./shifts/shifts-page.tsx'), 'ShiftsPage'),
})

const shift = createRoute({
  getParentRoute: () => desk,
  path: 'shifts/$shiftId',
  validateSearch: z.object({ kind: optional(zEntryKind) }),
  component: lazyRouteComponent(() => import('./shifts/shift-page.tsx'), 'ShiftPage'),
})

const products = createRoute({
  getParentRoute: () => desk,
  path: 'products',
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(() => import('./products/products-page.tsx'), 'ProductsPage'),
})
const newProduct = createRoute({
  getParentRoute: () => products,
  path: 'new',
  component: lazyRouteComponent(() => import('./products/product-drawer.tsx'), 'NewProduct'),
})
const productSettings = createRoute({
  getParentRoute: () => products,
  path: 'settings',
  component: lazyRouteComponent(() => import('./products/settings-drawer.tsx'), 'ProductSettingsDrawer'),
})
const product = createRoute({
  getParentRoute: () => products,
  path: '$productId',
  component: lazyRouteComponent(() => import('./products/product-drawer.tsx'), 'EditProduct'),
})
const importProducts = createRoute({
  getParentRoute: () => desk,
  path: 'products/import',
  component: lazyRouteComponent(() => import('./products/import-page.tsx'), 'ImportPage'),
})

const promotions = createRoute({
  getParentRoute: () => desk,
  path: 'promotions',
  validateSearch: z.object({ q: text, show: optional(zPromotionState) }),
  component: lazyRouteComponent(() => import('./promotions/promotions-page.tsx'), 'PromotionsPage'),
})
const newPromotion = createRoute({
  getParentRoute: () => desk,
  path: 'promotions/new',
  validateSearch: z.object({ copy: optional(z.uuid()) }),
  component: lazyRouteComponent(() => import('./promotions/promotion-page.tsx'), 'NewPromotion'),
})
const promotion = createRoute({
  getParentRoute: () => desk,
  path: 'promotions/$promotionId',
  component: lazyRouteComponent(() => import('./promotions/promotion-page.tsx'), 'EditPromotion'),
})

const stock = createRoute({
  getParentRoute: () => desk,
  path: 'stock',
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(() => import('./stock/stock-page.tsx'), 'StockPage'),
})

const customers = createRoute({
  getParentRoute: () => desk,
  path: 'customers',
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(() => import('./customers/customers-page.tsx'), 'CustomersPage'),
})
const customer = createRoute({
  getParentRoute: () => customers,
  path: '$customerId',
  component: lazyRouteComponent(() => import('./customers/customer-drawer.tsx'), 'CustomerDrawer'),
})

const exceptions = createRoute({
  getParentRoute: () => desk,
  path: 'exceptions',
  validateSearch: z.object({ state: optional(z.enum(['open', 'resolved'])), id: optional(z.uuid()) }),
  component: lazyRouteComponent(() => import('./exceptions/exceptions-page.tsx'), 'ExceptionsPage'),
})

const tills = createRoute({
  getParentRoute: () => desk,
  path: 'tills',
  validateSearch: z.object({ till: optional(z.uuid()) }),
  component: lazyRouteComponent(() => import('./tills/tills-page.tsx'), 'TillsPage'),
})

const journal = createRoute({
  getParentRoute: () => desk,
  path: 'tills/$tillId/journal',
  validateSearch: z.object({ kind: optional(zEntryKind) }),
  component: lazyRouteComponent(() => import('./journal/journal-page.tsx'), 'JournalPage'),
})

const rescue = createRoute({
  getParentRoute: () => desk,
  path: 'tills/rescue',
  component: lazyRouteComponent(() => import('./tills/rescue-page.tsx'), 'RescuePage'),
})

const staff = createRoute({
  getParentRoute: () => desk,
  path: 'staff',
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(() => import('./staff/staff-page.tsx'), 'StaffPage'),
})
const newStaff = createRoute({
  getParentRoute: () => staff,
  path: 'new',
  component: lazyRouteComponent(() => import('./staff/staff-panel.tsx'), 'NewStaff'),
})
const oneStaff = createRoute({
  getParentRoute: () => staff,
  path: '$staffId',
  component: lazyRouteComponent(() => import('./staff/staff-panel.tsx'), 'EditStaff'),
})
const roles = createRoute({
  getParentRoute: () => desk,
  path: 'staff/roles',
  component: lazyRouteComponent(() => import('./staff/roles-page.tsx'), 'RolesPage'),
})
const newRole = createRoute({
  getParentRoute: () => roles,
  path: 'new',
  component: lazyRouteComponent(() => import('./staff/role-panel.tsx'), 'NewRole'),
})
const role = createRoute({
  getParentRoute: () => roles,
  path: '$roleId',
  component: lazyRouteComponent(() => import('./staff/role-panel.tsx'), 'EditRole'),
})
const signIns = createRoute({
  getParentRoute: () => desk,
  path: 'staff/sign-ins',
  component: lazyRouteComponent(() => import('./staff/sign-ins-page.tsx'), 'SignInsPage'),
})
const newSignIn = createRoute({
  getParentRoute: () => signIns,
  path: 'new',
  component: lazyRouteComponent(() => import('./staff/sign-in-panel.tsx'), 'NewSignIn'),
})
const oneSignIn = createRoute({
  getParentRoute: () => signIns,
  path: '$signInId',
  component: lazyRouteComponent(() => import('./staff/sign-in-panel.tsx'), 'EditSignIn'),
})

const account = createRoute({
  getParentRoute: () => desk,
  path: 'account',
  component: lazyRouteComponent(() => import('./account/account-page.tsx'), 'AccountPage'),
})

const audit = createRoute({
  getParentRoute: () => desk,
  path: 'audit',
  component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
})

const settings = createRoute({ getParentRoute: () => desk, path: 'settings', component: Outlet })
const anySettings = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/payment-methods' })
  },
})
const paymentMethods = createRoute({
  getParentRoute: () => settings,
  path: 'payment-methods',
  component: lazyRouteComponent(() => import('./settings/payment-methods-page.tsx'), 'PaymentMethodsPage'),
})
const newPaymentMethod = createRoute({
  getParentRoute: () => paymentMethods,
  path: 'new',
  component: lazyRouteComponent(() => import('./settings/payment-method-panel.tsx'), 'NewPaymentMethod'),
})
const paymentMethod = createRoute({
  getParentRoute: () => paymentMethods,
  path: '$paymentMethodId',
  component: lazyRouteComponent(() => import('./settings/payment-method-panel.tsx'), 'EditPaymentMethod'),
})
const outlets = createRoute({
  getParentRoute: () => settings,
  path: 'outlets',
  component: lazyRouteComponent(() => import('./settings/outlets-page.tsx'), 'OutletsPage'),
})
const newOutlet = createRoute({
  getParentRoute: () => outlets,
  path: 'new',
  component: lazyRouteComponent(() => import('./settings/outlet-panel.tsx'), 'NewOutlet'),
})
const oneOutlet = createRoute({
  getParentRoute: () => outlets,
  path: '$outletId',
  component: lazyRouteComponent(() => import('./settings/outlet-panel.tsx'), 'EditOutlet'),
})
const loyalty = createRoute({
  getParentRoute: () => settings,
  path: 'loyalty',
  component: lazyRouteComponent(() => import('./settings/loyalty-page.tsx'), 'LoyaltyPage'),
})
const shiftSettings = createRoute({
  getParentRoute: () => settings,
  path: 'shifts',
  component: lazyRouteComponent(() => import('./settings/shifts-page.tsx'), 'ShiftSettingsPage'),
})
const receiptSettings = createRoute({
  getParentRoute: () => settings,
  path: 'receipts',
  component: lazyRouteComponent(() => import('./settings/receipts-page.tsx'), 'ReceiptSettingsPage'),
})
const offlineLimits = createRoute({
  getParentRoute: () => settings,
  path: 'offline-limits',
  component: lazyRouteComponent(() => import('./settings/offline-page.tsx'), 'OfflineLimitsPage'),
})

const routeTree = root.addChildren([
  signIn,
  firstRun,
  desk.addChildren([
    today,
    sales,
    sale,
    shifts,
    shift,
    products.addChildren([newProduct, productSettings, product]),
    importProducts,
    promotions,
    newPromotion,
    promotion,
    stock,
    customers.addChildren([customer]),
    exceptions,
    tills,
    journal,
    rescue,
    staff.addChildren([newStaff, oneStaff]),
    roles.addChildren([newRole, role]),
    signIns.addChildren([newSignIn, oneSignIn]),
    account,
    audit,
    settings.addChildren([
      anySettings,
      paymentMethods.addChildren([newPaymentMethod, paymentMethod]),
      outlets.addChildren([newOutlet, oneOutlet]),
      loyalty,
      shiftSettings,
      receiptSettings,
      offlineLimits,
    ]),
  ]),
])

export function createOfficeRouter(context: OfficeRouterContext) {
  return createRouter({
    routeTree,
    context,
    basepath: '/office',
    defaultPreload: false,
    scrollRestoration: true,
    parseSearch: parseSearchText,
    stringifySearch: searchText,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createOfficeRouter>
  }
}
