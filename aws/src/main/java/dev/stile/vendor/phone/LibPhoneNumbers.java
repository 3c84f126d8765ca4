package dev.stile.vendor.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.stile.factor.otp.PhoneNumbers;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads numbers in E.164 form and lets through only those that may be mobile ones of a served
/// country: whoever gets a share of the price of a message picks all the others (R07). A number has
/// one spelling, so that limits by destination cannot be sidestepped by another one.
public final class LibPhoneNumbers implements PhoneNumbers {
  private static final Reading NOT_SERVED = new Reading.Blocked("country_not_served");
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /// Satellite networks, networks without a country, and the free, shared and premium numbers that
  /// belong to the whole world.
  private static final Pattern GLOBAL =
      Pattern.compile("\\+(800|808|870|878|881|882|883|888|979)[0-9]*");

  /// The mobile numbers that Ofcom keeps for drama, which the plan does not list. Documentation and
  /// tests dial them, nobody answers, and nobody is paid.
  private static final Pattern FICTIONAL = Pattern.compile("\\+447700900[0-9]{3}");

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

  @Inject
  public LibPhoneNumbers() {}

  @Override
  public Reading read(String text, Set<String> countries) {
    if (!E164.matcher(text).matches()) {
      return new Reading.Malformed();
    }
    if (GLOBAL.matcher(text).matches()) {
      return new Reading.Blocked("global_range");
    }
    if (FICTIONAL.matcher(text).matches()) {
      return countries.contains("GB") ? new Reading.Dialable(text, "GB") : NOT_SERVED;
    }
    return parse(text)
        .map(number -> judge(number, text, countries))
        .orElse(new Reading.Malformed());
  }

  /// Empty unless the text is the number's own spelling: the library would drop a trunk zero.
  private Optional<PhoneNumber> parse(String text) {
    try {
      PhoneNumber number = plans.parse(text, null);
      return Optional.of(number).filter(n -> plans.format(n, PhoneNumberFormat.E164).equals(text));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  private Reading judge(PhoneNumber number, String text, Set<String> countries) {
    @Nullable String country = plans.getRegionCodeForNumber(number);
    if (country == null) {
      return new Reading.Malformed();
    }
    if (!countries.contains(country)) {
      return NOT_SERVED;
    }
    return switch (plans.getNumberType(number)) {
      case MOBILE, FIXED_LINE_OR_MOBILE -> new Reading.Dialable(text, country);
      case FIXED_LINE -> new Reading.Blocked("fixed_line");
      case PREMIUM_RATE -> new Reading.Blocked("premium_rate");
      case SHARED_COST -> new Reading.Blocked("shared_cost");
      case TOLL_FREE -> new Reading.Blocked("toll_free");
      case VOIP -> new Reading.Blocked("voip");
      case PERSONAL_NUMBER -> new Reading.Blocked("personal_number");
      case PAGER -> new Reading.Blocked("pager");
      case UAN -> new Reading.Blocked("company_number");
      case VOICEMAIL -> new Reading.Blocked("voicemail");
      case UNKNOWN -> new Reading.Malformed();
    };
  }
}
