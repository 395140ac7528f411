/** English needs entries only where the number changes the sentence. */
export const english: Record<string, string> = {
  '{{count}} items_one': '{{count}} item',
  '{{count}} items_other': '{{count}} items',
  '{{count}} digits typed_one': '{{count}} digit typed',
  '{{count}} digits typed_other': '{{count}} digits typed',
  '{{count}} items removed_one': '{{count}} item removed',
  '{{count}} items removed_other': '{{count}} items removed',
  'You earn {{count}} points._one': 'You earn {{count}} point.',
  'You earn {{count}} points._other': 'You earn {{count}} points.',
  '{{name}} earns {{count}} points._one': '{{name}} earns {{count}} point.',
  '{{name}} earns {{count}} points._other': '{{name}} earns {{count}} points.',
  'That PIN is not known here. {{count}} tries left._one': 'That PIN is not known here. {{count}} try left.',
  'That PIN is not known here. {{count}} tries left._other':
    'That PIN is not known here. {{count}} tries left.',
  'Save {{count}} unsent to a file_one': 'Save {{count}} unsent to a file',
  'Save {{count}} unsent to a file_other': 'Save {{count}} unsent to a file',
  '{{count}} entries are only on this device_one': '{{count}} entry is only on this device',
  '{{count}} entries are only on this device_other': '{{count}} entries are only on this device',
  '{{count}} entries had not been sent_one': '{{count}} entry had not been sent',
  '{{count}} entries had not been sent_other': '{{count}} entries had not been sent',
  '{{count}} entries were not sent, but are in your rescue file_one':
    '{{count}} entry was not sent, but is in your rescue file',
  '{{count}} entries were not sent, but are in your rescue file_other':
    '{{count}} entries were not sent, but are in your rescue file',
  '{{count}} entries of {{tillName}} were not sent_one': '{{count}} entry of {{tillName}} was not sent',
  '{{count}} entries of {{tillName}} were not sent_other': '{{count}} entries of {{tillName}} were not sent',
  'The file was handed on: {{count}} entries, {{size}}._one':
    'The file was handed on: {{count}} entry, {{size}}.',
  'The file was handed on: {{count}} entries, {{size}}._other':
    'The file was handed on: {{count}} entries, {{size}}.',
  'Saved as {{name}} in the downloads: {{count}} entries, {{size}}. Check that it is there._one':
    'Saved as {{name}} in the downloads: {{count}} entry, {{size}}. Check that it is there.',
  'Saved as {{name}} in the downloads: {{count}} entries, {{size}}. Check that it is there._other':
    'Saved as {{name}} in the downloads: {{count}} entries, {{size}}. Check that it is there.',
  'Provisional: {{count}} entries are still on their way to head office_one':
    'Provisional: {{count}} entry is still on its way to head office',
  'Provisional: {{count}} entries are still on their way to head office_other':
    'Provisional: {{count}} entries are still on their way to head office',
  'This receipt went to {{count}} addresses already. Print it, or show it as a QR code._one':
    'This receipt went to {{count}} address already. Print it, or show it as a QR code.',
  'This receipt went to {{count}} addresses already. Print it, or show it as a QR code._other':
    'This receipt went to {{count}} addresses already. Print it, or show it as a QR code.',
  'Use {{count}} points_one': 'Use {{count}} point',
  'Use {{count}} points_other': 'Use {{count}} points',
  '{{count}} points are the customer’s again_one': '{{count}} point is the customer’s again',
  '{{count}} points are the customer’s again_other': '{{count}} points are the customer’s again',
  'No more than {{count}} points can be used now. Nothing was taken._one':
    'No more than {{count}} point can be used now. Nothing was taken.',
  'No more than {{count}} points can be used now. Nothing was taken._other':
    'No more than {{count}} points can be used now. Nothing was taken.',
  '{{count}} held sales_one': '{{count}} held sale',
  '{{count}} held sales_other': '{{count}} held sales',
  '{{count}} sales are still held_one': '{{count}} sale is still held',
  '{{count}} sales are still held_other': '{{count}} sales are still held',
  '{{count}} sales are held. Resume or discard them first._one':
    '{{count}} sale is held. Resume or discard it first.',
  '{{count}} sales are held. Resume or discard them first._other':
    '{{count}} sales are held. Resume or discard them first.',
  '{{count}} results_one': '{{count}} result',
  '{{count}} results_other': '{{count}} results',
  'A sale can be voided for {{count}} minutes. Refund it instead._one':
    'A sale can be voided for {{count}} minute. Refund it instead.',
  'A sale can be voided for {{count}} minutes. Refund it instead._other':
    'A sale can be voided for {{count}} minutes. Refund it instead.',
  'This browser was {{tillName}} ({{code}}), and {{count}} entries of it that head office has not received were kept in a second place. Enrol it as that till again and they are sent, or save them to a file: head office imports it under Tills._one':
    'This browser was {{tillName}} ({{code}}), and {{count}} entry of it that head office has not received was kept in a second place. Enrol it as that till again and it is sent, or save it to a file: head office imports it under Tills.',
  'This browser was {{tillName}} ({{code}}), and {{count}} entries of it that head office has not received were kept in a second place. Enrol it as that till again and they are sent, or save them to a file: head office imports it under Tills._other':
    'This browser was {{tillName}} ({{code}}), and {{count}} entries of it that head office has not received were kept in a second place. Enrol it as that till again and they are sent, or save them to a file: head office imports it under Tills.',
  'This browser was {{tillName}} ({{code}}) and still holds {{count}} entries of it that head office has not received. They are sent by themselves if the server takes them. To be sure, save them to a file: head office imports it under Tills._one':
    'This browser was {{tillName}} ({{code}}) and still holds {{count}} entry of it that head office has not received. It is sent by itself if the server takes it. To be sure, save it to a file: head office imports it under Tills.',
  'This browser was {{tillName}} ({{code}}) and still holds {{count}} entries of it that head office has not received. They are sent by themselves if the server takes them. To be sure, save them to a file: head office imports it under Tills._other':
    'This browser was {{tillName}} ({{code}}) and still holds {{count}} entries of it that head office has not received. They are sent by themselves if the server takes them. To be sure, save them to a file: head office imports it under Tills.',
}
