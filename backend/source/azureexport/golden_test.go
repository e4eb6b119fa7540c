package azureexport_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/housetest"
)

// mcaHeader is the layout of a Microsoft Customer Agreement: camelCase with a few names in
// PascalCase.
const mcaHeader = "invoiceId,previousInvoiceId,billingAccountId,billingAccountName,billingProfileId,billingProfileName,invoiceSectionId,invoiceSectionName,costCenter,billingPeriodEndDate,billingPeriodStartDate,servicePeriodEndDate,servicePeriodStartDate,date,serviceFamily,productOrderId,productOrderName,consumedService,meterId,meterName,meterCategory,meterSubCategory,meterRegion,ProductId,ProductName,SubscriptionId,subscriptionName,publisherType,publisherId,publisherName,resourceGroupName,ResourceId,resourceLocation,location,effectivePrice,quantity,unitOfMeasure,chargeType,billingCurrency,pricingCurrency,costInBillingCurrency,costInPricingCurrency,costInUsd,paygCostInBillingCurrency,paygCostInUsd,exchangeRatePricingToBilling,exchangeRateDate,isAzureCreditEligible,serviceInfo1,serviceInfo2,additionalInfo,tags,PayGPrice,frequency,term,reservationId,reservationName,pricingModel,unitPrice,costAllocationRuleName,benefitId,benefitName,provider"

// plainMCA is a day of a virtual machine, priced in dollars and billed in euros.
var plainMCA = values{
	"invoiceId": "G000001", "billingAccountId": "acc", "billingAccountName": "Contoso", "billingProfileId": "prof", "billingProfileName": "Contoso EU",
	"billingPeriodStartDate": "09/01/2026", "billingPeriodEndDate": "09/30/2026", "date": "09/04/2026", "serviceFamily": "Compute", "consumedService": "Microsoft.Compute",
	"meterId": "m-1", "meterName": "D4s v5", "meterCategory": "Virtual Machines", "meterSubCategory": "Dsv5 Series", "meterRegion": "EU West", "ProductId": "DZH318Z0-1", "ProductName": "Virtual Machines Dsv5 Series - D4s v5 - EU West",
	"SubscriptionId": "11111111-0000-0000-0000-000000000001", "subscriptionName": "Shop", "publisherType": "Azure", "publisherName": "Microsoft", "resourceGroupName": "shop",
	"ResourceId": "/subscriptions/1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/Web1", "resourceLocation": "westeurope", "location": "EU West",
	"quantity": "24", "unitOfMeasure": "1 Hour", "chargeType": "Usage", "billingCurrency": "EUR", "pricingCurrency": "USD", "effectivePrice": "0.2", "unitPrice": "0.2", "PayGPrice": "0.25",
	"costInBillingCurrency": "4.32", "costInPricingCurrency": "4.8", "costInUsd": "4.8", "paygCostInBillingCurrency": "5.4", "paygCostInUsd": "6", "exchangeRatePricingToBilling": "0.9",
	"exchangeRateDate": "09/01/2026", "isAzureCreditEligible": "True", "frequency": "UsageBased", "pricingModel": "OnDemand", "provider": "Azure",
	"additionalInfo": `{"ServiceType":"Standard_D4s_v5","VCPUs":4}`, "tags": `{"env":"prod"}`,
}

// free are the fields of a plain record that a commitment pays for, or that have no price.
func free(more values) values {
	v := values{"costInBillingCurrency": "0", "costInPricingCurrency": "0", "paygCostInBillingCurrency": "0", "PayGPrice": "0", "unitPrice": "0", "effectivePrice": "0"}
	for name, text := range more {
		v[name] = text
	}
	return v
}

const capacityGroup = "/subscriptions/1/resourceGroups/shop/providers/Microsoft.Compute/capacityReservationGroups/G/capacityReservations/CR1"

var mcaActual = []values{
	{},
	{"pricingModel": "Spot", "costInBillingCurrency": "0.0000000072922557592391990000", "costInPricingCurrency": "0.0000000081025063991546655556", "quantity": "0.00000008"},
	// What commitments cover costs 0; their purchases, an upfront one and a monthly one.
	free(values{"pricingModel": "Reservation", "benefitId": reservation, "benefitName": "VM_RI"}),
	free(values{"pricingModel": "SavingsPlan", "benefitId": savingsPlan, "benefitName": "SP"}),
	free(values{"chargeType": "Purchase", "frequency": "OneTime", "term": "12", "pricingModel": "Reservation", "benefitId": reservation, "ResourceId": reservation, "quantity": "2", "unitPrice": "1000", "costInBillingCurrency": "1800", "costInPricingCurrency": "2000", "SubscriptionId": "", "consumedService": "Microsoft.Capacity", "additionalInfo": "", "publisherName": ""}),
	free(values{"chargeType": "Purchase", "frequency": "Recurring", "term": "36", "pricingModel": "SavingsPlan", "benefitId": savingsPlan, "quantity": "1", "unitPrice": "100", "costInBillingCurrency": "90", "costInPricingCurrency": "100", "SubscriptionId": "00000000-0000-0000-0000-000000000000", "ResourceId": "", "consumedService": "Microsoft.BillingBenefits", "additionalInfo": "", "meterId": ""}),
	free(values{"chargeType": "Refund", "frequency": "OneTime", "term": "12", "pricingModel": "Reservation", "benefitId": reservation, "quantity": "-1", "unitPrice": "1000", "costInBillingCurrency": "-900", "costInPricingCurrency": "-1000", "previousInvoiceId": "G000000"}),
	// A Marketplace product: Azure knows no list price, and the seller is another company.
	free(values{"publisherType": "Marketplace", "publisherName": "Example Firewall Ltd.", "meterCategory": "SaaS", "serviceFamily": "SaaS", "ResourceId": "/subscriptions/1/resourceGroups/shop/providers/Microsoft.SaaS/resources/fw", "consumedService": "Microsoft.SaaS", "chargeType": "Purchase", "frequency": "Recurring", "quantity": "1", "unitOfMeasure": "1/Month", "unitPrice": "50", "costInBillingCurrency": "45", "costInPricingCurrency": "50", "meterSubCategory": "", "additionalInfo": ""}),
	free(values{"chargeType": "RoundingAdjustment", "frequency": "OneTime", "pricingModel": "", "SubscriptionId": "null", "ResourceId": "", "quantity": "", "unitOfMeasure": "", "costInBillingCurrency": "-0.004", "costInPricingCurrency": "-0.005", "meterId": "", "meterName": "", "meterCategory": "", "meterSubCategory": "", "ProductName": "Rounding Adjustment", "additionalInfo": ""}),
	free(values{"chargeType": "Tax", "pricingModel": "", "frequency": "", "quantity": "1", "unitOfMeasure": "", "costInBillingCurrency": "9.5", "costInPricingCurrency": "10.5", "meterCategory": "", "additionalInfo": ""}),
	free(values{"chargeType": "Credit", "pricingModel": "", "frequency": "", "quantity": "1", "unitOfMeasure": "", "costInBillingCurrency": "-20", "costInPricingCurrency": "-22", "meterCategory": "", "additionalInfo": ""}),
	// A machine in a capacity reservation, and the part of it that stood empty.
	{"additionalInfo": `{"ServiceType":"Standard_D4s_v5","VCPUs":4,"VMCapacityReservationId":"` + capacityGroup + `"}`},
	{"ResourceId": capacityGroup, "additionalInfo": `{"ServiceType":"Standard_D4s_v5","UsageType":"ComputeCR","VMCapacityReservationId":"` + capacityGroup + `"}`},
	{"meterCategory": "Storage", "meterSubCategory": "Tiered Block Blob", "meterName": "Hot LRS Write Operations", "consumedService": "Microsoft.Storage", "serviceFamily": "Storage", "ResourceId": "/SUBSCRIPTIONS/1/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.STORAGE/STORAGEACCOUNTS/Logs", "quantity": "0.0004", "unitOfMeasure": "10K", "unitPrice": "0.05", "PayGPrice": "0.06", "costInBillingCurrency": "0.000018", "costInPricingCurrency": "0.00002", "paygCostInBillingCurrency": "0.0000216", "additionalInfo": "", "tags": `"env": "dev","ENV": "test","env": "prod"`},
}

var mcaAmortized = []values{
	{},
	free(values{"pricingModel": "Reservation", "benefitId": reservation, "benefitName": "VM_RI", "costInBillingCurrency": "2.4657534246575342465753424657", "costInPricingCurrency": "2.7397260273972602739726027397", "effectivePrice": "0.114155251141552511415525114155", "additionalInfo": `{"ServiceType":"Standard_D4s_v5","VCPUs":4,"RINormalizationRatio":4.0}`}),
	free(values{"pricingModel": "SavingsPlan", "benefitId": savingsPlan, "benefitName": "SP", "costInBillingCurrency": "1.5", "costInPricingCurrency": "1.6666666667", "effectivePrice": "0.06944", "unitPrice": "0.2", "PayGPrice": "0.25", "paygCostInBillingCurrency": "5.4"}),
	free(values{"chargeType": "UnusedReservation", "pricingModel": "Reservation", "benefitId": reservation, "quantity": "3", "costInBillingCurrency": "0.3", "costInPricingCurrency": "0.33", "ResourceId": reservation, "SubscriptionId": "", "consumedService": "Microsoft.Capacity"}),
	free(values{"chargeType": "UnusedSavingsPlan", "pricingModel": "SavingsPlan", "benefitId": savingsPlan, "quantity": "1", "costInBillingCurrency": "0.25", "costInPricingCurrency": "0.28", "ResourceId": "", "SubscriptionId": "", "consumedService": "Microsoft.BillingBenefits"}),
	// Amortization does not cover what is bought in the Marketplace.
	free(values{"publisherType": "Marketplace", "publisherName": "Example Firewall Ltd.", "meterCategory": "SaaS", "serviceFamily": "SaaS", "ResourceId": "/subscriptions/1/resourceGroups/shop/providers/Microsoft.SaaS/resources/fw", "consumedService": "Microsoft.SaaS", "chargeType": "Purchase", "frequency": "Recurring", "quantity": "1", "unitOfMeasure": "1/Month", "unitPrice": "50", "costInBillingCurrency": "45", "costInPricingCurrency": "50", "additionalInfo": ""}),
	// Named beside a benefit that did not cover it.
	{"benefitId": reservation},
}

var cspActual = []values{
	{"partnerName": "Example Partner AG", "partnerTenantId": "t-1", "customerTenantId": "t-2", "customerName": "Contoso", "partnerEarnedCreditRate": "0.15", "partnerEarnedCreditApplied": "True"},
	free(values{"partnerName": "Example Partner AG", "customerTenantId": "t-2", "resellerName": "Local Reseller", "chargeType": "Purchase", "pricingModel": "SavingsPlan", "benefitId": savingsPlan, "quantity": "1", "costInBillingCurrency": "30", "costInPricingCurrency": "33.33", "frequency": "Recurring", "ResourceId": "", "additionalInfo": ""}),
}

// The layout of 2019 for subscriptions that are paid by card.
const (
	paygHeader  = "SubscriptionGuid,ResourceGroup,ResourceLocation,UsageDateTime,MeterCategory,MeterSubcategory,MeterId,MeterName,MeterRegion,UsageQuantity,ResourceRate,PreTaxCost,ConsumedService,ResourceType,InstanceId,Tags,OfferId,AdditionalInfo,ServiceInfo1,ServiceInfo2,ServiceName,ServiceTier,Currency,UnitOfMeasure"
	paygRecords = `s-1,web,EU West,2026-09-02,Azure App Service,Basic Plan,m-9,B1,EU West,24,0.018,0.432,Microsoft.Web,Microsoft.Web/serverfarms,/subscriptions/s-1/resourceGroups/web/providers/Microsoft.Web/serverfarms/plan,"{""env"": ""prod""}",MS-AZR-0003P,,,,Azure App Service,Basic Plan,EUR,1 Hour` + "\n" +
		`s-1,,,09/03/2026,Bandwidth,Inter-Region,m-10,Intra Continent Data Transfer Out,,1.5,,0.03,Microsoft.Network,,,,MS-AZR-0003P,,,,Bandwidth,,EUR,1 GB` + "\n" +
		`s-1,db,North Europe,2026-09-02 05:00:00,SQL Database,Single Basic,m-11,B DTU,EU North,1,0.1,0.1,Microsoft.Sql,Microsoft.Sql/servers,/subscriptions/s-1/resourceGroups/db/providers/Microsoft.Sql/servers/s/databases/d,,MS-AZR-0003P,,,,SQL Database,,EUR,10` + "\n"
)

// dump prints the FOCUS columns that have a value, record by record.
func dump(s *sheet) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s\n%s\n", s.recognition.Format, s.recognition.Dialect, s.recognition.Reason)
	for _, w := range s.recognition.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	for row := range s.rows {
		fmt.Fprintf(&b, "\nrecord %d\n", row+1)
		for i, c := range s.recognition.Columns {
			if v := s.rows[row][i]; v != nil && (c.Focus || c.Part || c.Name == "x_PricingModel" || c.Name == "x_UnreadTags") {
				fmt.Fprintf(&b, "  %s = %s\n", c.Name, *v)
			}
		}
	}
	return b.Bytes()
}

func TestConvert_Golden(t *testing.T) {
	old := "invoiceId,previousInvoiceId,billingAccountId,billingProfileId,billingProfileName,billingPeriodStartDate,date,meterCategory,meterId,meterName,ProductId,product,SubscriptionId,publisherType,ResourceId,resourceLocation,location,quantity,unitOfMeasure,chargeType,billingCurrency,pricingCurrency,costInBillingCurrency,costInPricingCurrency,paygCostInBillingCurrency,exchangeRatePricingToBilling,tags,PayGPrice,unitPrice,effectivePrice,frequency,pricingModel,benefitId"
	payg := "Abonnement-GUID (SubscriptionGuid),Ressourcengruppe (ResourceGroup),Ressourcenstandort (ResourceLocation),UsageDateTime (UsageDateTime),Kategorie der Verbrauchseinheit (MeterCategory),MeterSubcategory (MeterSubcategory),ID der Verbrauchseinheit (MeterId),Name der Verbrauchseinheit (MeterName),UsageQuantity (UsageQuantity),Ressourcensatz (ResourceRate),PreTaxCost (PreTaxCost),Genutzter Dienst (ConsumedService),ResourceType (ResourceType),InstanceId (InstanceId),Tags (Tags),Currency,Maßeinheit (UnitOfMeasure)"
	for name, data := range map[string][]byte{
		"ea-actual.txt":     sheetText(eaHeader, eaActual),
		"ea-amortized.txt":  sheetText(eaHeader, eaAmortized),
		"mca-actual.txt":    sheetOf(mcaHeader, plainMCA, mcaActual),
		"mca-amortized.txt": sheetOf(mcaHeader, plainMCA, mcaAmortized),
		"csp-actual.txt":    sheetOf(mcaHeader+",partnerTenantId,partnerName,resellerName,resellerMpnId,customerTenantId,customerName,partnerEarnedCreditRate,partnerEarnedCreditApplied", plainMCA, cspActual),
		"payg.txt":          []byte(paygHeader + "\n" + paygRecords),
		"mca.txt": []byte(old + "\n" +
			`INV1,,acc,prof,Contoso,,08/01/2023,Storage,m,Read Operations,P1,Blob Storage,sub,Microsoft,/subscriptions/1/resourceGroups/R/providers/Microsoft.Storage/storageAccounts/a,eastus,US East,0.0004,10K,Usage,EUR,USD,0.00000144,0.0000016,0.0000018,0.9,"{""project"":""p1"",""empty"":"""",""n"":3,""n"":4}",0.005,0.004,0.004,UsageBased,OnDemand,` + "\n" +
			`INV2,INV1,acc,prof,Contoso,,08/02/2023,Storage,m,Read Operations,P1,Blob Storage,sub,Microsoft,,eastus,,-1,1 GB/Month,Usage,EUR,USD,-0.9,-1,-1.35,0.9,broken {,1.5,1,1,UsageBased,OnDemand,` + "\n" +
			`,,acc,prof,Contoso,,08/03/2023,,,,P2,Savings plan,,Microsoft,,,,1,1 Hour,Purchase,EUR,USD,9,10,0,0.9,,0,10,10,Recurring,SavingsPlan,` + savingsPlan + "\n"),
		"payg-german.txt": []byte(payg + "\r\n" +
			`s-1,G,US East,2021-02-02,Load Balancer,Standard,m,Included Rules,3,0.025,0.075,Microsoft.Network,Microsoft.Network/loadBalancers,/subscriptions/s-1/resourceGroups/G/providers/Microsoft.Network/loadBalancers/kube,,USD,100 Hours` + "\r\n" +
			`s-1,G,,2021-02-02 00:00:00,,,,,,,,,,,,,` + "\r\n"),
		"minimal.txt": []byte("subscriptionid,billingaccountid,UsageDateTime,MeterCategory,costinbillingcurrency,paygcostinbillingcurrency,ConsumedService,InstanceId,Tags,AdditionalInfo,resourcelocation\n" +
			`s,b,2021-02-01,Virtual Machines,4,5,Microsoft.Compute,/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachineScaleSets/pool,,"{ ""ServiceType"": ""Standard_DS2_v2"", ""VCPUs"": 2 }"` + "\n"),
	} {
		t.Run(name, func(t *testing.T) {
			s := readSheet(t, write(t, "f.csv", data))
			assert.Empty(t, s.rejects)
			housetest.Golden(t, name, dump(s))
		})
	}
}
