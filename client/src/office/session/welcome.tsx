import type { ReactNode } from 'react'
import classes from './welcome.module.css'

/** The card on the quiet pages before head office opens. */
export function Welcome({ title, intro, children }: { title: string; intro: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <title>{`${title} · Evertill`}</title>
      <div className={classes.card}>
        <p className={classes.brand}>
          <img src="/icon.svg" alt="" width={28} height={28} />
          Evertill head office
        </p>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.intro}>{intro}</p>
        {children}
      </div>
    </main>
  )
}
