/** English needs entries only where the number changes the sentence. */
export const english: Record<string, string> = {
  '{{count}} items_one': '{{count}} item',
  '{{count}} items_other': '{{count}} items',
  '{{count}} digits typed_one': '{{count}} digit typed',
  '{{count}} digits typed_other': '{{count}} digits typed',
  '{{count}} items removed_one': '{{count}} item removed',
  '{{count}} items removed_other': '{{count}} items removed',
  '{{name}} earns {{count}} points._one': '{{name}} earns {{count}} point.',
  '{{name}} earns {{count}} points._other': '{{name}} earns {{count}} points.',
  'That PIN is not known here. {{count}} tries left._one': 'That PIN is not known here. {{count}} try left.',
  'That PIN is not known here. {{count}} tries left._other':
    'That PIN is not known here. {{count}} tries left.',
  '{{count}} results_one': '{{count}} result',
  '{{count}} results_other': '{{count}} results',
}
