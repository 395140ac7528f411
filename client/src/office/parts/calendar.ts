/** What every calendar of head office has in common; its buttons show arrows only, so they are named. */
export const CALENDAR = {
  hideOutsideDates: true,
  // As a dialog it would be named by an id that nothing has; without one it belongs inside the page.
  popoverProps: { withRoles: false, withinPortal: false },
  ariaLabels: {
    nextMonth: 'Next month',
    previousMonth: 'Month before',
    nextYear: 'Next year',
    previousYear: 'Year before',
    nextDecade: 'Next ten years',
    previousDecade: 'Ten years before',
    monthLevelControl: 'Choose a month',
    yearLevelControl: 'Choose a year',
  },
}
