package dev.stile.factor.otp;

import java.util.Set;

/// Reads telephone numbers, by the numbering plans of a library.
public interface PhoneNumbers {
  /// What a text is, given the countries (ISO 3166-1 alpha-2) that the policy serves.
  Reading read(String text, Set<String> countries);

  /// What came of reading a number.
  sealed interface Reading {
    /// A number that may be sent to, in E.164 form.
    record Dialable(String e164, String country) implements Reading {}

    /// A number, but not one to send to: a country that is not served, a premium or satellite
    /// range.
    record Blocked(String reason) implements Reading {}

    /// Not a number in E.164 form.
    record Malformed() implements Reading {}
  }
}
