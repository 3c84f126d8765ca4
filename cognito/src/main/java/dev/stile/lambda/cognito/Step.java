package dev.stile.lambda.cognito;

import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolCreateAuthChallengeEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolDefineAuthChallengeEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One step of a sign-in so far, as the user pool tells it. Its metadata was written by us at the
/// challenge's creation and has been seen by nobody else.
record Step(String name, boolean passed, @Nullable String metadata) {
  static final String SRP = "SRP_A";
  static final String PASSWORD = "PASSWORD_VERIFIER";
  static final String OURS = "CUSTOM_CHALLENGE";

  boolean isOurs() {
    return name.equals(OURS);
  }

  static List<Step> of(CognitoUserPoolDefineAuthChallengeEvent event) {
    return stream(event.getRequest().getSession())
        .map(s -> new Step(s.getChallengeName(), s.getChallengeResult(), s.getChallengeMetadata()))
        .toList();
  }

  static List<Step> of(CognitoUserPoolCreateAuthChallengeEvent event) {
    return stream(event.getRequest().getSession())
        .map(s -> new Step(s.getChallengeName(), s.getChallengeResult(), s.getChallengeMetadata()))
        .toList();
  }

  private static <T> Stream<T> stream(T @Nullable [] session) {
    return session == null ? Stream.empty() : Arrays.stream(session);
  }
}
