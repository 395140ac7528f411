/* Where the rules and the numbers come from: pages as they were read. */

/** $1,070 taken at 7 %, taxed at 8 %: $1,070 × 8/108 = $79.26. */
export const IRAS_RATE_CHANGE =
  'IRAS, "Preparing for GST rate change": https://www.iras.gov.sg/taxes/goods-services-tax-(gst)/gst-rate-change/gst-rate-change-for-business/preparing-for-gst-rate-change'

/** Add the GST of each line, or take it of the total: both are acceptable if kept to. Each kind of supply is stated apart. */
export const IRAS_INVOICING =
  'IRAS, "Invoicing customers": https://www.iras.gov.sg/IRASHome/GST/GST-registered-businesses/Learning-the-basics/How-to-implement-GST/Displaying-and-Quoting-Prices/Invoicing-Customers/'

/** Three pens at 1.77 and 6 %: 0.33 by line, 0.32 on the total. */
export const THREE_PENS =
  'The two methods, worked on three pens: https://mrp.com.my/2016/08/05/calculating-gst-on-tax-invoices'

/** 2,512.50 and 656.25 at 7 %: 175.88 + 45.94 = 221.82 by line, 221.81 on the total. */
export const TWO_LINES_AT_7 =
  'The two methods, worked on two lines: https://support.financio.co/hc/en-us/community/posts/360047809751--Singapore-GST-Rounding-Issues'

/** 3.1.3: eleven for the price of ten are taxed on that price. 3.1.4: a gift with a purchase is part of a package
 * at the price of the main item. 3.1.5: a second item at a reduced price is taxed on the reduced price. */
export const IRAS_RETAILERS =
  'IRAS e-Tax Guide "GST and the Retailers" (2011), 3.1.3–3.1.5: https://www.yumpu.com/en/document/view/23503243/gst-and-the-retailers-iras/14'

/** A hamper of $300 carries $21.00 at 7 %, one of $150 carries $10.50. */
export const IRAS_GIFTS =
  'IRAS, "Gifts and samples": https://www.iras.gov.sg/irashome/GST/GST-registered-businesses/Working-out-your-taxes/Common-scenarios/Customer/Gifts-and-Samples/'

/** A product of $100 less 10 %: GST on $90. */
export const DISCOUNTED_PRICE =
  'GST is charged on the discounted price: https://www.bestar-sg.com/post/understanding-gst-on-discounts-and-rebates-in-singapore'

/** The GST is 1/11 of the price. */
export const AU_ELEVENTH =
  'Indirect Tax Legislation Amendment Bill 2000 (Australia), explanatory memorandum 6.2: https://www.ato.gov.au/law/view/print?DocID=NEM%2FEM200018%2FNAT%2FATO%2F00008&PiT=99991231235958'

/** To the nearest cent, half a cent upwards; of several supplies on the unrounded sum (2)(a), or each by itself (2)(b). */
export const AU_ROUNDING =
  'GST Act 1999 (Australia), s 9-90: https://www.ato.gov.au/law/view/print?DocID=PAC%2F19990055%2F9-90&PiT=99991231235958'

/** $1,500.00 + 15 % = $1,725.00; of $1,725.00 it is 3/23, $225.00. */
export const NZ_CALCULATING =
  'Inland Revenue (New Zealand), "Calculating GST": http://www.ird.govt.nz/changes-2010/gst/businesses/calculating/'

/** £100 + 20 % = £120; £100 + 5 % = £105. */
export const UK_CALCULATING =
  'HMRC, "Calculating VAT for VAT-inclusive and VAT-exclusive prices": http://www.hmrc.gov.uk/vat/forms-rates/rates/calculating.htm'

/** At 20 % the VAT in a price is 1/6 of it. */
export const UK_FRACTION =
  'VATA 1994 s. 19, the VAT fraction: https://library.croneri.co.uk/cch_uk/bvr/14-200'

/** Retailers round up and down to the nearest penny. */
export const UK_RETAILERS =
  'HMRC, VATREC12020: http://www.hmrc.gov.uk/hmrc-internal-manuals/vat-trader-records/vatrec12020'

/** VAT on the discounted price; 3 items for £20 on the combined price, apportioned where the rates differ; so is a
 * second item that is free. */
export const UK_DISCOUNTS =
  'GOV.UK, "VAT on discounts and gifts": https://www.gov.uk/charge-reclaim-record-vat/vat-on-discounts-and-gifts'

/** 100 screws at $1.79 and 13 %: $202.27 by card, $202.25 in cash; the tax stays $23.27. */
export const CA_PENNY =
  'Canada Revenue Agency, GI-131 "Phasing out of the penny": https://www.canada.ca/en/revenue-agency/services/forms-publications/publications/gi-131/phasing-penny.html'

/** A coffee at 1.83 and a sandwich at 2.86, with 5 %: 4.92 by card, 4.90 in cash. */
export const CA_BUDGET =
  'Budget 2012 (Canada), "Rounding": https://www.budget.canada.ca/2012/themes/rounding-arrondissement-eng.html'

/** Food for $31.95 in Ontario: the combined 13 % may be worked out at once. */
export const CA_COMBINED =
  'Canada Revenue Agency, interpretation 125136: https://taxinterpretations.com/content/636291'

/** 82.01 is rounded down, 82.03 up, 82.06 down, 82.08 up: the total of the bill, to 5 sen. */
export const MY_ROUNDING =
  'Bank Negara Malaysia, "Rounding mechanism": http://www.bnm.gov.my/index.php?ch=209&pg=657&ac=567'

/** €10.99 + €3.49, €15 given: 50 cents back; €2.99 + €4.49 + €8.13, €20 given: €4.40 back. */
export const IE_ROUNDING =
  'Central Bank of Ireland’s examples of 2015, as kept in https://lunaticg.blogspot.com/2015/10/ireland-start-their-rounding-of-cash.html'

/** With the 10-cent coin as the smallest: 1 to 4 down, 6 to 9 up. */
export const NZ_ROUNDING =
  'Reserve Bank of New Zealand, "How does rounding work": https://grownups.co.nz/finance/savings-investment/how-does-rounding-work/'

/** No more 1-cent coins from 1 April 2002. */
export const SG_ONE_CENT =
  'MAS: https://www.mas.gov.sg/news/media-releases/2002/no-more-1-cent-coins-from-bccs--27-feb-2002'

/** By hand, from the rule of the shop that is quoted. */
export const shopRule = (rule: string): string => `the rule of the shop: ${rule}`
