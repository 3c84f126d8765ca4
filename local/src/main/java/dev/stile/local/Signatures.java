package dev.stile.local;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.IAM;
import dev.stile.key.Fields;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks signed requests as API Gateway's IAM authorization does (AWS Signature Version 4, in the
/// `Authorization` header). An access key id stands for the role of that name, and all have the one
/// secret of development, so that several back ends can be tried. Follows wall time, as every
/// signer does.
final class Signatures {
  static final String REGION = Engines.REGION;
  static final String SERVICE = "execute-api";
  static final String ACCOUNT = "000000000000";

  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String END = "aws4_request";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM
              + " Credential=([\\w+=.@-]{1,64})/(\\d{8})/([^/,]+)/([^/,]+)/"
              + END
              + ", ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

  private final Clock wall;

  Signatures(Clock wall) {
    this.wall = wall;
  }

  /// Who signed, or why that is not to be believed.
  sealed interface Signer {
    record Known(IAM iam) implements Signer {}

    record Refused(String why) implements Signer {}
  }

  Signer of(SignedRequest request) {
    Matcher authorization = AUTHORIZATION.matcher(request.header("authorization"));
    if (!authorization.matches()) {
      return new Signer.Refused("The request is not signed with " + ALGORITHM + ".");
    }
    String moment = request.header("x-amz-date");
    String scope = String.join("/", moment.split("T", 2)[0], REGION, SERVICE, END);
    String claimed =
        String.join(
            "/", authorization.group(2), authorization.group(3), authorization.group(4), END);
    if (!isNow(moment)) {
      return new Signer.Refused("X-Amz-Date is not within 5 minutes of now.");
    }
    if (!scope.equals(claimed)) {
      return new Signer.Refused("The credential's scope is not " + scope + ".");
    }
    List<String> signed = List.of(authorization.group(5).split(";", -1));
    if (!signed.contains("host") || !signed.containsAll(request.headersOfAws())) {
      return new Signer.Refused("A header that has to be signed is not.");
    }
    byte[] canonical = request.canonical(signed).getBytes(StandardCharsets.UTF_8);
    String toSign = String.join("\n", ALGORITHM, moment, scope, digest(canonical));
    byte[] signature = HexFormat.of().parseHex(authorization.group(6));
    return request.agreesOnBody() && MessageDigest.isEqual(mac(key(scope), toSign), signature)
        ? new Signer.Known(iam(authorization.group(1)))
        : new Signer.Refused("The signature does not match the request and the secret.");
  }

  private boolean isNow(String moment) {
    try {
      Instant signed = LocalDateTime.parse(moment, MOMENT).toInstant(ZoneOffset.UTC);
      return Duration.between(signed, wall.instant()).abs().compareTo(SKEW) <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static byte[] key(String scope) {
    byte[] key = ("AWS4" + Engines.SECRET_ACCESS_KEY).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = mac(key, part);
    }
    return key;
  }

  /// As API Gateway tells it of a session of the role.
  private static IAM iam(String role) {
    return IAM.builder()
        .withAccessKey(role)
        .withAccountId(ACCOUNT)
        .withCallerId("AROALOCAL:" + role)
        .withUserArn("arn:aws:sts::%s:assumed-role/%s/local".formatted(ACCOUNT, role))
        .withUserId("AROALOCAL:" + role)
        .build();
  }

  /// SHA-256 in hexadecimal.
  static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(Fields.sha256(bytes));
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
