package dev.stile.verifier;

import java.util.Objects;

/// What came of judging one receipt.
public sealed interface ReceiptJudgement {

  /// The user's own key has signed exactly what the receipt tells, and the issuer says so too.
  record Accepted(VerifiedReceipt receipt) implements ReceiptJudgement {
    public Accepted {
      Objects.requireNonNull(receipt, "receipt");
    }
  }

  /// Evidence of nothing.
  record Refused(Fault fault) implements ReceiptJudgement {
    public Refused {
      Objects.requireNonNull(fault, "fault");
    }
  }

  /// What a refused receipt failed at first.
  enum Fault {
    /// Not a compact JWS of strict base64url and strict JSON, or too long.
    MALFORMED,
    /// The header is not that of a receipt: its type, its algorithm, or a member that chooses keys.
    HEADER,
    /// The keys are not the issuer's, or too old or too young to hold this one.
    KEY,
    /// Not signed by the issuer.
    SIGNATURE,
    /// A claim is missing or of another JSON type, or says that nothing was approved.
    CLAIMS,
    /// `bnd` is not the hash of `binding`.
    BINDING,
    /// `display_hash` is not the hash of `display`.
    DISPLAY,
    /// The authenticator signed another challenge than the one that the claims give.
    CHALLENGE,
    /// The authenticator signed for another relying party, or not an assertion at all.
    RELYING_PARTY,
    /// The authenticator knew of nobody there, or did not verify the user whom `amr` tells of.
    USER,
    /// The public key is none, or a weak one.
    PUBLIC_KEY,
    /// The assertion is not signed by the credential.
    ASSERTION
  }
}
