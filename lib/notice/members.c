#include "symbol.h"

#include <stdlib.h>
#include <string.h>

#include "../base/buf.h"
#include "../base/utf8.h"

/* Members and observers of the WTO, sorted by the code of their symbols. */
static const struct member {
	char eping[5];		/* "U918" for the European Union, else "C" and the numeric ISO 3166 code */
	char code[5];		/* in symbols */
	char iso2[3];
	const char *name;	/* short, for people */
} members[] = {
	{ "C004", "AFG", "AF", "Afghanistan" },
	{ "C024", "AGO", "AO", "Angola" },
	{ "C008", "ALB", "AL", "Albania" },
	{ "C020", "AND", "AD", "Andorra" },
	{ "C784", "ARE", "AE", "United Arab Emirates" },
	{ "C032", "ARG", "AR", "Argentina" },
	{ "C051", "ARM", "AM", "Armenia" },
	{ "C028", "ATG", "AG", "Antigua and Barbuda" },
	{ "C036", "AUS", "AU", "Australia" },
	{ "C040", "AUT", "AT", "Austria" },
	{ "C031", "AZE", "AZ", "Azerbaijan" },
	{ "C108", "BDI", "BI", "Burundi" },
	{ "C056", "BEL", "BE", "Belgium" },
	{ "C204", "BEN", "BJ", "Benin" },
	{ "C854", "BFA", "BF", "Burkina Faso" },
	{ "C050", "BGD", "BD", "Bangladesh" },
	{ "C100", "BGR", "BG", "Bulgaria" },
	{ "C048", "BHR", "BH", "Bahrain" },
	{ "C044", "BHS", "BS", "Bahamas" },
	{ "C070", "BIH", "BA", "Bosnia and Herzegovina" },
	{ "C112", "BLR", "BY", "Belarus" },
	{ "C084", "BLZ", "BZ", "Belize" },
	{ "C068", "BOL", "BO", "Bolivia" },
	{ "C076", "BRA", "BR", "Brazil" },
	{ "C052", "BRB", "BB", "Barbados" },
	{ "C096", "BRN", "BN", "Brunei Darussalam" },
	{ "C064", "BTN", "BT", "Bhutan" },
	{ "C072", "BWA", "BW", "Botswana" },
	{ "C140", "CAF", "CF", "Central African Republic" },
	{ "C124", "CAN", "CA", "Canada" },
	{ "C756", "CHE", "CH", "Switzerland" },
	{ "C152", "CHL", "CL", "Chile" },
	{ "C156", "CHN", "CN", "China" },
	{ "C384", "CIV", "CI", "Côte d'Ivoire" },
	{ "C120", "CMR", "CM", "Cameroon" },
	{ "C180", "COD", "CD", "DR Congo" },
	{ "C178", "COG", "CG", "Congo" },
	{ "C170", "COL", "CO", "Colombia" },
	{ "C174", "COM", "KM", "Comoros" },
	{ "C132", "CPV", "CV", "Cabo Verde" },
	{ "C188", "CRI", "CR", "Costa Rica" },
	{ "C192", "CUB", "CU", "Cuba" },
	{ "C531", "CUW", "CW", "Curaçao" },
	{ "C196", "CYP", "CY", "Cyprus" },
	{ "C203", "CZE", "CZ", "Czechia" },
	{ "C276", "DEU", "DE", "Germany" },
	{ "C262", "DJI", "DJ", "Djibouti" },
	{ "C212", "DMA", "DM", "Dominica" },
	{ "C208", "DNK", "DK", "Denmark" },
	{ "C214", "DOM", "DO", "Dominican Republic" },
	{ "C012", "DZA", "DZ", "Algeria" },
	{ "C218", "ECU", "EC", "Ecuador" },
	{ "C818", "EGY", "EG", "Egypt" },
	{ "C724", "ESP", "ES", "Spain" },
	{ "C233", "EST", "EE", "Estonia" },
	{ "C231", "ETH", "ET", "Ethiopia" },
	{ "U918", "EU", "EU", "European Union" },
	{ "C246", "FIN", "FI", "Finland" },
	{ "C242", "FJI", "FJ", "Fiji" },
	{ "C250", "FRA", "FR", "France" },
	{ "C266", "GAB", "GA", "Gabon" },
	{ "C826", "GBR", "GB", "United Kingdom" },
	{ "C268", "GEO", "GE", "Georgia" },
	{ "C288", "GHA", "GH", "Ghana" },
	{ "C324", "GIN", "GN", "Guinea" },
	{ "C270", "GMB", "GM", "The Gambia" },
	{ "C624", "GNB", "GW", "Guinea-Bissau" },
	{ "C226", "GNQ", "GQ", "Equatorial Guinea" },
	{ "C300", "GRC", "GR", "Greece" },
	{ "C308", "GRD", "GD", "Grenada" },
	{ "C320", "GTM", "GT", "Guatemala" },
	{ "C328", "GUY", "GY", "Guyana" },
	{ "C344", "HKG", "HK", "Hong Kong, China" },
	{ "C340", "HND", "HN", "Honduras" },
	{ "C191", "HRV", "HR", "Croatia" },
	{ "C332", "HTI", "HT", "Haiti" },
	{ "C348", "HUN", "HU", "Hungary" },
	{ "C360", "IDN", "ID", "Indonesia" },
	{ "C356", "IND", "IN", "India" },
	{ "C372", "IRL", "IE", "Ireland" },
	{ "C364", "IRN", "IR", "Iran" },
	{ "C368", "IRQ", "IQ", "Iraq" },
	{ "C352", "ISL", "IS", "Iceland" },
	{ "C376", "ISR", "IL", "Israel" },
	{ "C380", "ITA", "IT", "Italy" },
	{ "C388", "JAM", "JM", "Jamaica" },
	{ "C400", "JOR", "JO", "Jordan" },
	{ "C392", "JPN", "JP", "Japan" },
	{ "C398", "KAZ", "KZ", "Kazakhstan" },
	{ "C404", "KEN", "KE", "Kenya" },
	{ "C417", "KGZ", "KG", "Kyrgyz Republic" },
	{ "C116", "KHM", "KH", "Cambodia" },
	{ "C659", "KNA", "KN", "Saint Kitts and Nevis" },
	{ "C410", "KOR", "KR", "Korea, Republic of" },
	{ "C414", "KWT", "KW", "Kuwait" },
	{ "C418", "LAO", "LA", "Lao PDR" },
	{ "C422", "LBN", "LB", "Lebanon" },
	{ "C430", "LBR", "LR", "Liberia" },
	{ "C434", "LBY", "LY", "Libya" },
	{ "C662", "LCA", "LC", "Saint Lucia" },
	{ "C438", "LIE", "LI", "Liechtenstein" },
	{ "C144", "LKA", "LK", "Sri Lanka" },
	{ "C426", "LSO", "LS", "Lesotho" },
	{ "C440", "LTU", "LT", "Lithuania" },
	{ "C442", "LUX", "LU", "Luxembourg" },
	{ "C428", "LVA", "LV", "Latvia" },
	{ "C446", "MAC", "MO", "Macao, China" },
	{ "C504", "MAR", "MA", "Morocco" },
	{ "C498", "MDA", "MD", "Moldova" },
	{ "C450", "MDG", "MG", "Madagascar" },
	{ "C462", "MDV", "MV", "Maldives" },
	{ "C484", "MEX", "MX", "Mexico" },
	{ "C807", "MKD", "MK", "North Macedonia" },
	{ "C466", "MLI", "ML", "Mali" },
	{ "C470", "MLT", "MT", "Malta" },
	{ "C104", "MMR", "MM", "Myanmar" },
	{ "C499", "MNE", "ME", "Montenegro" },
	{ "C496", "MNG", "MN", "Mongolia" },
	{ "C508", "MOZ", "MZ", "Mozambique" },
	{ "C478", "MRT", "MR", "Mauritania" },
	{ "C480", "MUS", "MU", "Mauritius" },
	{ "C454", "MWI", "MW", "Malawi" },
	{ "C458", "MYS", "MY", "Malaysia" },
	{ "C516", "NAM", "NA", "Namibia" },
	{ "C562", "NER", "NE", "Niger" },
	{ "C566", "NGA", "NG", "Nigeria" },
	{ "C558", "NIC", "NI", "Nicaragua" },
	{ "C528", "NLD", "NL", "Netherlands" },
	{ "C578", "NOR", "NO", "Norway" },
	{ "C524", "NPL", "NP", "Nepal" },
	{ "C554", "NZL", "NZ", "New Zealand" },
	{ "C512", "OMN", "OM", "Oman" },
	{ "C586", "PAK", "PK", "Pakistan" },
	{ "C591", "PAN", "PA", "Panama" },
	{ "C604", "PER", "PE", "Peru" },
	{ "C608", "PHL", "PH", "Philippines" },
	{ "C598", "PNG", "PG", "Papua New Guinea" },
	{ "C616", "POL", "PL", "Poland" },
	{ "C620", "PRT", "PT", "Portugal" },
	{ "C600", "PRY", "PY", "Paraguay" },
	{ "C634", "QAT", "QA", "Qatar" },
	{ "C642", "ROU", "RO", "Romania" },
	{ "C643", "RUS", "RU", "Russian Federation" },
	{ "C646", "RWA", "RW", "Rwanda" },
	{ "C682", "SAU", "SA", "Saudi Arabia" },
	{ "C729", "SDN", "SD", "Sudan" },
	{ "C686", "SEN", "SN", "Senegal" },
	{ "C702", "SGP", "SG", "Singapore" },
	{ "C090", "SLB", "SB", "Solomon Islands" },
	{ "C694", "SLE", "SL", "Sierra Leone" },
	{ "C222", "SLV", "SV", "El Salvador" },
	{ "C706", "SOM", "SO", "Somalia" },
	{ "C688", "SRB", "RS", "Serbia" },
	{ "C728", "SSD", "SS", "South Sudan" },
	{ "C678", "STP", "ST", "São Tomé and Principe" },
	{ "C740", "SUR", "SR", "Suriname" },
	{ "C703", "SVK", "SK", "Slovak Republic" },
	{ "C705", "SVN", "SI", "Slovenia" },
	{ "C752", "SWE", "SE", "Sweden" },
	{ "C748", "SWZ", "SZ", "Eswatini" },
	{ "C690", "SYC", "SC", "Seychelles" },
	{ "C760", "SYR", "SY", "Syria" },
	{ "C148", "TCD", "TD", "Chad" },
	{ "C768", "TGO", "TG", "Togo" },
	{ "C764", "THA", "TH", "Thailand" },
	{ "C762", "TJK", "TJ", "Tajikistan" },
	{ "C795", "TKM", "TM", "Turkmenistan" },
	{ "C626", "TLS", "TL", "Timor-Leste" },
	{ "C776", "TON", "TO", "Tonga" },
	{ "C158", "TPKM", "TW", "Chinese Taipei" },
	{ "C780", "TTO", "TT", "Trinidad and Tobago" },
	{ "C788", "TUN", "TN", "Tunisia" },
	{ "C792", "TUR", "TR", "Türkiye" },
	{ "C834", "TZA", "TZ", "Tanzania" },
	{ "C800", "UGA", "UG", "Uganda" },
	{ "C804", "UKR", "UA", "Ukraine" },
	{ "C858", "URY", "UY", "Uruguay" },
	{ "C840", "USA", "US", "United States of America" },
	{ "C860", "UZB", "UZ", "Uzbekistan" },
	{ "C336", "VAT", "VA", "Holy See" },
	{ "C670", "VCT", "VC", "Saint Vincent and the Grenadines" },
	{ "C862", "VEN", "VE", "Venezuela" },
	{ "C704", "VNM", "VN", "Viet Nam" },
	{ "C548", "VUT", "VU", "Vanuatu" },
	{ "C882", "WSM", "WS", "Samoa" },
	{ "C887", "YEM", "YE", "Yemen" },
	{ "C710", "ZAF", "ZA", "South Africa" },
	{ "C894", "ZMB", "ZM", "Zambia" },
	{ "C716", "ZWE", "ZW", "Zimbabwe" },
};

/* Names as sources write them, folded (utf8_fold, without the outer blanks) and sorted. */
static const struct {
	const char *folded;
	char iso2[3];
} names[] = {
	{ "afghanistan", "AF" }, { "albania", "AL" }, { "algeria", "DZ" }, { "andorra", "AD" }, { "angola", "AO" },
	{ "antigua and barbuda", "AG" }, { "argentina", "AR" }, { "armenia", "AM" }, { "australia", "AU" },
	{ "austria", "AT" }, { "azerbaijan", "AZ" }, { "bahamas", "BS" }, { "bahamas the", "BS" }, { "bahrain", "BH" },
	{ "bahrain kingdom of", "BH" }, { "bangladesh", "BD" }, { "barbados", "BB" }, { "belarus", "BY" },
	{ "belgium", "BE" }, { "belize", "BZ" }, { "benin", "BJ" }, { "bhutan", "BT" },
	{ "bolivarian republic of venezuela", "VE" }, { "bolivia", "BO" }, { "bolivia plurinational state of", "BO" },
	{ "bosnia and herzegovina", "BA" }, { "botswana", "BW" }, { "brazil", "BR" }, { "brunei", "BN" },
	{ "brunei darussalam", "BN" }, { "bulgaria", "BG" }, { "burkina faso", "BF" }, { "burma", "MM" },
	{ "burundi", "BI" }, { "cabo verde", "CV" }, { "cambodia", "KH" }, { "cameroon", "CM" }, { "canada", "CA" },
	{ "cape verde", "CV" }, { "central african republic", "CF" }, { "chad", "TD" }, { "chile", "CL" },
	{ "china", "CN" }, { "chinese taipei", "TW" }, { "colombia", "CO" }, { "comoros", "KM" }, { "congo", "CG" },
	{ "congo democratic republic of the", "CD" }, { "costa rica", "CR" }, { "cote d ivoire", "CI" },
	{ "croatia", "HR" }, { "cuba", "CU" }, { "curacao", "CW" }, { "cyprus", "CY" }, { "czech republic", "CZ" },
	{ "czechia", "CZ" }, { "democratic people s republic of lao", "LA" }, { "democratic republic of the congo", "CD" },
	{ "denmark", "DK" }, { "djibouti", "DJ" }, { "dominica", "DM" }, { "dominican republic", "DO" },
	{ "dr congo", "CD" }, { "east timor", "TL" }, { "ecuador", "EC" }, { "egypt", "EG" }, { "el salvador", "SV" },
	{ "equatorial guinea", "GQ" }, { "estonia", "EE" }, { "eswatini", "SZ" }, { "eswatini kingdom of", "SZ" },
	{ "ethiopia", "ET" }, { "eu", "EU" }, { "european communities", "EU" }, { "european union", "EU" },
	{ "fiji", "FJ" }, { "finland", "FI" }, { "france", "FR" }, { "gabon", "GA" }, { "gambia", "GM" },
	{ "georgia", "GE" }, { "germany", "DE" }, { "ghana", "GH" }, { "great britain", "GB" }, { "greece", "GR" },
	{ "grenada", "GD" }, { "guatemala", "GT" }, { "guinea", "GN" }, { "guinea bissau", "GW" }, { "guyana", "GY" },
	{ "haiti", "HT" }, { "holy see", "VA" }, { "holy see vatican city state", "VA" }, { "honduras", "HN" },
	{ "hong kong", "HK" }, { "hong kong china", "HK" }, { "hungary", "HU" }, { "iceland", "IS" }, { "india", "IN" },
	{ "indonesia", "ID" }, { "iran", "IR" }, { "iran islamic republic of", "IR" }, { "iraq", "IQ" },
	{ "ireland", "IE" }, { "israel", "IL" }, { "italy", "IT" }, { "ivory coast", "CI" }, { "jamaica", "JM" },
	{ "japan", "JP" }, { "jordan", "JO" }, { "kazakhstan", "KZ" }, { "kenya", "KE" }, { "kingdom of bahrain", "BH" },
	{ "kingdom of saudi arabia", "SA" }, { "kingdom of the netherlands", "NL" }, { "korea", "KR" },
	{ "korea republic of", "KR" }, { "kuwait", "KW" }, { "kuwait the state of", "KW" }, { "kyrgyz republic", "KG" },
	{ "kyrgyzstan", "KG" }, { "lao pdr", "LA" }, { "lao people s democratic republic", "LA" }, { "laos", "LA" },
	{ "latvia", "LV" }, { "lebanese republic", "LB" }, { "lebanon", "LB" }, { "lesotho", "LS" }, { "liberia", "LR" },
	{ "libya", "LY" }, { "liechtenstein", "LI" }, { "lithuania", "LT" }, { "luxembourg", "LU" }, { "macao", "MO" },
	{ "macao china", "MO" }, { "macau", "MO" }, { "macedonia", "MK" }, { "madagascar", "MG" }, { "malawi", "MW" },
	{ "malaysia", "MY" }, { "maldives", "MV" }, { "mali", "ML" }, { "malta", "MT" }, { "mauritania", "MR" },
	{ "mauritius", "MU" }, { "mexico", "MX" }, { "moldova", "MD" }, { "moldova republic of", "MD" },
	{ "mongolia", "MN" }, { "montenegro", "ME" }, { "morocco", "MA" }, { "mozambique", "MZ" }, { "myanmar", "MM" },
	{ "namibia", "NA" }, { "nepal", "NP" }, { "netherlands", "NL" }, { "netherlands kingdom of the", "NL" },
	{ "new zealand", "NZ" }, { "nicaragua", "NI" }, { "niger", "NE" }, { "nigeria", "NG" }, { "north macedonia", "MK" },
	{ "northern ireland", "GB" }, { "norway", "NO" }, { "oman", "OM" }, { "pakistan", "PK" }, { "panama", "PA" },
	{ "papua new guinea", "PG" }, { "paraguay", "PY" }, { "peru", "PE" }, { "philippines", "PH" },
	{ "plurinational state of bolivia", "BO" }, { "poland", "PL" }, { "portugal", "PT" }, { "qatar", "QA" },
	{ "republic of korea", "KR" }, { "republic of moldova", "MD" }, { "republic of the congo", "CG" },
	{ "romania", "RO" }, { "russia", "RU" }, { "russian federation", "RU" }, { "rwanda", "RW" },
	{ "saint kitts and nevis", "KN" }, { "saint lucia", "LC" }, { "saint vincent and the grenadines", "VC" },
	{ "samoa", "WS" }, { "sao tome and principe", "ST" }, { "saudi arabia", "SA" }, { "saudi arabia kingdom of", "SA" },
	{ "senegal", "SN" }, { "separate customs territory of taiwan penghu kinmen and matsu", "TW" }, { "serbia", "RS" },
	{ "seychelles", "SC" }, { "sierra leone", "SL" }, { "singapore", "SG" }, { "slovak republic", "SK" },
	{ "slovakia", "SK" }, { "slovenia", "SI" }, { "solomon islands", "SB" }, { "somalia", "SO" },
	{ "south africa", "ZA" }, { "south korea", "KR" }, { "south sudan", "SS" }, { "spain", "ES" },
	{ "sri lanka", "LK" }, { "state of kuwait", "KW" }, { "sudan", "SD" }, { "suriname", "SR" }, { "swaziland", "SZ" },
	{ "sweden", "SE" }, { "swiss confederation", "CH" }, { "switzerland", "CH" }, { "syria", "SY" },
	{ "syrian arab republic", "SY" }, { "taiwan", "TW" }, { "tajikistan", "TJ" }, { "tanzania", "TZ" },
	{ "thailand", "TH" }, { "the bahamas", "BS" }, { "the former yugoslav republic of macedonia", "MK" },
	{ "the gambia", "GM" }, { "the netherlands", "NL" }, { "the state of kuwait", "KW" }, { "timor leste", "TL" },
	{ "togo", "TG" }, { "tonga", "TO" }, { "trinidad and tobago", "TT" }, { "tunisia", "TN" }, { "turkey", "TR" },
	{ "turkiye", "TR" }, { "turkmenistan", "TM" }, { "uganda", "UG" }, { "uk", "GB" }, { "ukraine", "UA" },
	{ "united arab emirates", "AE" }, { "united kingdom", "GB" }, { "united kingdom northern ireland", "GB" },
	{ "united republic of tanzania", "TZ" }, { "united states", "US" }, { "united states of america", "US" },
	{ "uruguay", "UY" }, { "usa", "US" }, { "uzbekistan", "UZ" }, { "vanuatu", "VU" }, { "venezuela", "VE" },
	{ "venezuela bolivarian republic of", "VE" }, { "viet nam", "VN" }, { "vietnam", "VN" }, { "yemen", "YE" },
	{ "zambia", "ZM" }, { "zimbabwe", "ZW" },
};

/* State codes of TRIS: ISO codes since May 2023, the letters of road vehicles before; sorted. */
static const struct {
	char code[7];
	char iso2[3];
} states[] = {
	{ "A", "AT" }, { "AT", "AT" }, { "B", "BE" }, { "BE", "BE" }, { "BG", "BG" }, { "CH", "CH" }, { "CY", "CY" },
	{ "CZ", "CZ" }, { "D", "DE" }, { "DE", "DE" }, { "DK", "DK" }, { "E", "ES" }, { "EE", "EE" }, { "EL", "GR" },
	{ "ES", "ES" }, { "F", "FR" }, { "FI", "FI" }, { "FIN", "FI" }, { "FL", "LI" }, { "FR", "FR" }, { "GB", "GB" },
	{ "GR", "GR" }, { "HR", "HR" }, { "HU", "HU" }, { "I", "IT" }, { "IE", "IE" }, { "IRL", "IE" }, { "IS", "IS" },
	{ "IT", "IT" }, { "L", "LU" }, { "LI", "LI" }, { "LT", "LT" }, { "LU", "LU" }, { "LV", "LV" }, { "MT", "MT" },
	{ "N", "NO" }, { "NL", "NL" }, { "NO", "NO" }, { "P", "PT" }, { "PL", "PL" }, { "PT", "PT" }, { "RO", "RO" },
	{ "S", "SE" }, { "SE", "SE" }, { "SI", "SI" }, { "SK", "SK" }, { "TR", "TR" }, { "UK", "GB" }, { "UK(NI)", "GB" },
	{ "XI", "GB" },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static int
compare_code(const void *key, const void *row)
{
	return strcmp(key, ((const struct member *)row)->code);
}

/* A row of 'states' or 'names' begins with its key; both are searched by their first field. */
static int
compare_state(const void *key, const void *row)
{
	return strcmp(key, (const char *)row);
}

static int
compare_name(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

const char *
member_of_code(const char *code, bool tris)
{
	const struct member *m;
	const void *row;

	if (tris) {
		row = bsearch(code, states, COUNT(states), sizeof(states[0]), compare_state);
		return row != NULL ? states[(size_t)((const char *)row - (const char *)states) / sizeof(states[0])].iso2 : "";
	}
	if (strcmp(code, "EEC") == 0)	/* the European Communities in symbols before 2010 */
		return "EU";
	m = bsearch(code, members, COUNT(members), sizeof(members[0]), compare_code);
	return m != NULL ? m->iso2 : "";
}

const char *
member_of_name(const char *name)
{
	AUTO_BUF folded = BUF_INIT;
	const char *key;
	const void *row;

	utf8_fold(name, &folded);
	buf_trim(&folded);
	key = buf_str(&folded);
	key += *key == ' ';
	row = bsearch(key, names, COUNT(names), sizeof(names[0]), compare_name);
	return row != NULL ? names[(size_t)((const char *)row - (const char *)names) / sizeof(names[0])].iso2 : "";
}

const char *
member_of_eping_id(const char *id)
{
	for (size_t i = 0; i < COUNT(members); i++)
		if (strcmp(members[i].eping, id) == 0)
			return members[i].iso2;
	return "";
}

const char *
member_name(const char *iso2)
{
	for (size_t i = 0; i < COUNT(members); i++)
		if (members[i].iso2[0] == iso2[0] && strcmp(members[i].iso2, iso2) == 0)	/* each row of a page asks */
			return members[i].name;
	return iso2;
}
