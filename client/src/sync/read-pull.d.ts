import { z } from 'zod';
/**
 * A pull read row by row: one row that a newer server writes in words this till does not know must not keep every
 * price change behind it from arriving.
 */
export declare const zReadPull: z.ZodPipe<z.ZodObject<{
    cursor: z.ZodString;
    snapshot: z.ZodBoolean;
    serverTime: z.ZodISODateTime;
    company: z.ZodObject<{
        companyId: z.ZodUUID;
        name: z.ZodString;
        currency: z.ZodString;
        taxInclusive: z.ZodBoolean;
        taxRounding: z.ZodEnum<{
            line: "line";
            total: "total";
        }>;
        cashStep: z.ZodInt;
        minorPerPoint: z.ZodInt;
        gstRegistrationNo: z.ZodNullable<z.ZodString>;
        receiptFooter: z.ZodNullable<z.ZodString>;
    }, z.core.$strip>;
    outlet: z.ZodObject<{
        outletId: z.ZodUUID;
        code: z.ZodString;
        name: z.ZodString;
        address: z.ZodNullable<z.ZodString>;
        timeZone: z.ZodString;
        dayCutHour: z.ZodInt;
    }, z.core.$strip>;
    till: z.ZodObject<{
        tillId: z.ZodUUID;
        code: z.ZodString;
        name: z.ZodString;
        state: z.ZodEnum<{
            active: "active";
            revoked: "revoked";
        }>;
    }, z.core.$strip>;
    rows: z.ZodRecord<z.ZodString, z.ZodArray<z.ZodUnknown>>;
}, z.core.$strip>, z.ZodTransform<{
    cursor: string;
    snapshot: boolean;
    serverTime: string;
    company: {
        companyId: string;
        name: string;
        currency: string;
        taxInclusive: boolean;
        taxRounding: "line" | "total";
        cashStep: number;
        minorPerPoint: number;
        gstRegistrationNo: string | null;
        receiptFooter: string | null;
    };
    outlet: {
        outletId: string;
        code: string;
        name: string;
        address: string | null;
        timeZone: string;
        dayCutHour: number;
    };
    till: {
        tillId: string;
        code: string;
        name: string;
        state: "active" | "revoked";
    };
    rows: {
        staff: {
            deleted?: true;
            staffId: string;
            name: string;
            role: string;
            permissions: ("catalogue.edit" | "catalogue.view" | "company.manage" | "exception.resolve" | "report.view" | "sale.discount" | "sale.make" | "staff.manage" | "stock.view" | "till.enrol" | "till.view")[];
            pinSalt: string;
            pinVerifier: string;
        }[];
        taxCode: {
            deleted?: true;
            taxCodeId: string;
            code: string;
            name: string;
            kind: "exempt" | "standard" | "zero";
            rates: {
                from: string;
                ratePpm: import("@evertill/shared/domain/money").Ppm;
            }[];
        }[];
        category: {
            deleted?: true;
            categoryId: string;
            name: string;
            position: number;
        }[];
        product: {
            deleted?: true;
            productId: string;
            sku: string;
            name: string;
            categoryId: string | null;
            taxCodeId: string;
            price: import("@evertill/shared/domain/money").Minor;
            unit: "each" | "kg";
            barcodes: string[];
        }[];
        paymentMethod: {
            deleted?: true;
            paymentMethodId: string;
            code: string;
            name: string;
            kind: "card" | "cash" | "nets" | "paynow";
            position: number;
        }[];
        tier: {
            deleted?: true;
            tierId: string;
            name: string;
            multiplierPpm: number;
            spendFrom: import("@evertill/shared/domain/money").Minor;
        }[];
        customer: {
            deleted?: true;
            customerId: string;
            code: string;
            name: string;
            phone: string | null;
            tierId: string | null;
            points: number;
        }[];
        stock: {
            productId: string;
            onHand: number;
        }[];
    };
} & {
    readonly unreadable: number;
}, {
    cursor: string;
    snapshot: boolean;
    serverTime: string;
    company: {
        companyId: string;
        name: string;
        currency: string;
        taxInclusive: boolean;
        taxRounding: "line" | "total";
        cashStep: number;
        minorPerPoint: number;
        gstRegistrationNo: string | null;
        receiptFooter: string | null;
    };
    outlet: {
        outletId: string;
        code: string;
        name: string;
        address: string | null;
        timeZone: string;
        dayCutHour: number;
    };
    till: {
        tillId: string;
        code: string;
        name: string;
        state: "active" | "revoked";
    };
    rows: Record<string, unknown[]>;
}>>;
