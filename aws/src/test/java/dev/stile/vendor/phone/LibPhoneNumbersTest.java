package dev.stile.vendor.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import dev.stile.factor.otp.PhoneNumbers.Reading;
import dev.stile.factor.otp.PhoneNumbers.Reading.Blocked;
import dev.stile.factor.otp.PhoneNumbers.Reading.Dialable;
import dev.stile.factor.otp.PhoneNumbers.Reading.Malformed;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R07")
class LibPhoneNumbersTest {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  private static final Set<String> SERVED =
      Set.of("AT", "CH", "DE", "ES", "FR", "GB", "IT", "NL", "US");
  private static final Set<String> WORLD = Set.copyOf(PLANS.getSupportedRegions());
  private static final Map<PhoneNumberType, String> REFUSED =
      Map.of(
          PhoneNumberType.FIXED_LINE, "fixed_line",
          PhoneNumberType.PREMIUM_RATE, "premium_rate",
          PhoneNumberType.SHARED_COST, "shared_cost",
          PhoneNumberType.TOLL_FREE, "toll_free",
          PhoneNumberType.VOIP, "voip",
          PhoneNumberType.PERSONAL_NUMBER, "personal_number",
          PhoneNumberType.PAGER, "pager",
          PhoneNumberType.UAN, "company_number",
          PhoneNumberType.VOICEMAIL, "voicemail");

  private final LibPhoneNumbers numbers = new LibPhoneNumbers();

  @Nested
  class InTheServedCountries {
    @ParameterizedTest
    @CsvSource({
      "AT, +436641234567",
      "AT, +4367612345678",
      "CH, +41781234567",
      "CH, +41791234567",
      "DE, +4915123456789",
      "DE, +4917012345678",
      "ES, +34612345678",
      "ES, +34712345678",
      "FR, +33612345678",
      "FR, +33756785678",
      "GB, +447400123456",
      "GB, +447911000000",
      "GB, +447700900123",
      "IT, +393123456789",
      "IT, +39320123456",
      "NL, +31612345678",
      "US, +12015550123",
      "US, +14155552671"
    })
    void letsAMobileNumberThrough(String country, String text) {
      assertThat(numbers.read(text, SERVED)).isEqualTo(new Dialable(text, country));
    }

    @ParameterizedTest
    @CsvSource({
      "AT premium, +43900123456, premium_rate",
      "AT free, +43800123456, toll_free",
      "CH premium, +41900123456, premium_rate",
      "CH free, +41800123456, toll_free",
      "CH landline, +41212345678, fixed_line",
      "DE premium, +499001234567, premium_rate",
      "DE landline, +4930123456, fixed_line",
      "DE personal, +4970012345678, personal_number",
      "ES premium, +34803123456, premium_rate",
      "ES landline, +34810123456, fixed_line",
      "FR premium, +33891123456, premium_rate",
      "FR landline, +33123456789, fixed_line",
      "FR internet, +33912345678, voip",
      "GB premium, +449012345678, premium_rate",
      "GB personal, +447012345678, personal_number",
      "GB pager, +447640123456, pager",
      "GB company, +445512345678, company_number",
      "GB landline, +441212345678, fixed_line",
      "IT premium, +39899123456, premium_rate",
      "IT landline, +390212345678, fixed_line",
      "NL premium, +319061234, premium_rate",
      "NL landline, +31101234567, fixed_line",
      "US premium, +19002345678, premium_rate",
      "US free, +18002345678, toll_free"
    })
    void refusesWhatIsNoMobileNumber(String what, String text, String reason) {
      assertThat(numbers.read(text, SERVED)).as(what).isEqualTo(new Blocked(reason));
    }
  }

  @Nested
  class OfOneCallingCode {
    @ParameterizedTest
    @CsvSource({
      "+15062345678, CA",
      "+14165550123, CA",
      "+18765551234, JM",
      "+18092345678, DO",
      "+18492345678, DO",
      "+12423591234, BS",
      "+12462501234, BB",
      "+18682911234, TT",
      "+17872345678, PR",
      "+16713001234, GU",
      "+447781123456, GG",
      "+447797712345, JE",
      "+447624123456, IM",
      "+447911123456, GG",
      "+77710009998, KZ",
      "+262639012345, YT",
      "+590690001234, GP"
    })
    void tellsTheCountryFromItsNeighbours(String text, String country) {
      assertThat(numbers.read(text, SERVED)).isEqualTo(new Blocked("country_not_served"));
      assertThat(numbers.read(text, Set.of(country))).isEqualTo(new Dialable(text, country));
    }

    @Test
    void doesNotServeTheUnitedStatesWhereCanadaIsServed() {
      assertThat(numbers.read("+12015550123", Set.of("CA")))
          .isEqualTo(new Blocked("country_not_served"));
    }
  }

  @Nested
  class OfNoCountry {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "+80012345678",
          "+80812345678",
          "+870773111632",
          "+878101234567890",
          "+881612345678",
          "+8816",
          "+881631234567",
          "+882161234567",
          "+8823421234",
          "+883510012345",
          "+883510012345678",
          "+88812345678",
          "+979123456789"
        })
    void isNeverServed(String text) {
      Reading expected = text.length() < 8 ? new Malformed() : new Blocked("global_range");

      assertThat(numbers.read(text, WORLD)).isEqualTo(expected);
      assertThat(numbers.read(text, Set.of("001"))).isEqualTo(expected);
    }
  }

  @Nested
  class InEveryPlan {
    static Stream<Arguments> examples() {
      return new TreeSet<>(WORLD)
          .stream()
              .flatMap(region ->
                  Arrays.stream(PhoneNumberType.values())
                      .filter(type -> PLANS.getSupportedTypesForRegion(region).contains(type))
                      .filter(type -> PLANS.getExampleNumberForType(region, type) != null)
                      .map(type -> arguments(region, type)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsTheExamplesOfTheLibrary(String region, PhoneNumberType type) {
      var example = PLANS.getExampleNumberForType(region, type);
      String text = PLANS.format(example, PhoneNumberFormat.E164);
      PhoneNumberType actual = PLANS.getNumberType(example);

      Reading reading = numbers.read(text, WORLD);

      switch (reading) {
        case Dialable(String e164, String country) -> {
          assertThat(e164).isEqualTo(text);
          assertThat(country).isIn(PLANS.getRegionCodesForCountryCode(example.getCountryCode()));
          assertThat(actual).isIn(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);
        }
        case Blocked(String reason) -> assertThat(reason).isEqualTo(REFUSED.get(actual));
        case Malformed malformed -> assertThat(text.substring(1)).hasSizeLessThan(7);
      }
      assertThat(numbers.read(text, Set.of())).isNotInstanceOf(Dialable.class);
    }

    @Test
    void hasPremiumExamplesThatAreAllRefused() {
      assertThat(examples().filter(e -> e.get()[1] == PhoneNumberType.PREMIUM_RATE))
          .hasSizeGreaterThan(100);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "+4",
        "+123456",
        "+1234567890123456",
        "436641234567",
        "00436641234567",
        "06641234567",
        " +436641234567",
        "+436641234567 ",
        "+436641234567\n",
        "+43 664 1234567",
        "+43-664-1234567",
        "+43(664)1234567",
        "+43664123456O",
        "tel:+436641234567",
        "+436641234567;ext=1",
        "+436641234567,,1",
        "+436641234567x1",
        "++436641234567",
        "+٤٣٦٦٤١٢٣٤٥٦٧",
        "＋436641234567",
        "+43６641234567",
        "+0436641234567",
        "+1800FLOWERS",
        "+436641234567\u200b",
        "\u202d+436641234567"
      })
  void refusesWhatIsNotInE164Form(String text) {
    assertThat(numbers.read(text, WORLD)).isEqualTo(new Malformed());
  }

  /// The library would read these as the number without the zero: one phone, many spellings.
  @ParameterizedTest
  @ValueSource(strings = {"+4407400123456", "+4906151234567", "+33(0)612345678", "+330612345678"})
  void refusesASecondSpellingOfANumber(String text) {
    assertThat(numbers.read(text, WORLD)).isEqualTo(new Malformed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+99912345678", "+2101234567", "+1201555012", "+120155501234", "+4411111111"})
  void refusesWhatNoPlanHas(String text) {
    assertThat(numbers.read(text, WORLD)).isEqualTo(new Malformed());
  }
}
