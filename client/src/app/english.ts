/** English needs entries only where the number changes the sentence. */
export const english: Record<string, string> = {
  '{{count}} items_one': '{{count}} item',
  '{{count}} items_other': '{{count}} items',
  '{{count}} results_one': '{{count}} result',
  '{{count}} results_other': '{{count}} results',
}
