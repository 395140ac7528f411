import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  retainSearchParams,
} from '@tanstack/react-router'
import { z } from 'zod'
import { ExceptionsPage } from './exceptions/exceptions-page.tsx'
import { OfficeFrame } from './frame/office-frame.tsx'
import { NotFound, RouteFailure } from './frame/route-failure.tsx'
import { ImportPage } from './products/import-page.tsx'
import { ProductDrawer } from './products/product-drawer.tsx'
import { ProductsPage } from './products/products-page.tsx'
import { SalePage } from './sales/sale-page.tsx'
import { SalesPage } from './sales/sales-page.tsx'
import { FirstRunPage } from './session/first-run-page.tsx'
import {
  type OfficeRouterContext,
  requireNoCompany,
  requireNoSession,
  requireSession,
} from './session/guard.ts'
import { SignInPage } from './session/sign-in-page.tsx'
import { StockPage } from './stock/stock-page.tsx'
import { TillsPage } from './tills/tills-page.tsx'
import { TodayPage } from './today/today-page.tsx'
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
  component: SignInPage,
})

const firstRun = createRoute({
  getParentRoute: () => root,
  path: 'first-run',
  beforeLoad: ({ context }) => requireNoCompany(context),
  component: FirstRunPage,
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
  component: TodayPage,
})

const sales = createRoute({
  getParentRoute: () => desk,
  path: 'sales',
  validateSearch: z.object({ q: text, from: date, to: date }),
  component: SalesPage,
})

const sale = createRoute({ getParentRoute: () => desk, path: 'sales/$saleId', component: SalePage })

const products = createRoute({
  getParentRoute: () => desk,
  path: 'products',
  validateSearch: z.object({ q: text }),
  component: ProductsPage,
})
const newProduct = createRoute({
  getParentRoute: () => products,
  path: 'new',
  component: () => <ProductDrawer />,
})
const product = createRoute({
  getParentRoute: () => products,
  path: '$productId',
  component: function EditProduct() {
    return <ProductDrawer productId={product.useParams().productId} />
  },
})
const importProducts = createRoute({
  getParentRoute: () => desk,
  path: 'products/import',
  component: ImportPage,
})

const stock = createRoute({
  getParentRoute: () => desk,
  path: 'stock',
  validateSearch: z.object({ q: text }),
  component: StockPage,
})

const exceptions = createRoute({
  getParentRoute: () => desk,
  path: 'exceptions',
  validateSearch: z.object({ state: optional(z.enum(['open', 'resolved'])), id: optional(z.uuid()) }),
  component: ExceptionsPage,
})

const tills = createRoute({
  getParentRoute: () => desk,
  path: 'tills',
  validateSearch: z.object({ till: optional(z.uuid()) }),
  component: TillsPage,
})

const routeTree = root.addChildren([
  signIn,
  firstRun,
  desk.addChildren([
    today,
    sales,
    sale,
    products.addChildren([newProduct, product]),
    importProducts,
    stock,
    exceptions,
    tills,
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
